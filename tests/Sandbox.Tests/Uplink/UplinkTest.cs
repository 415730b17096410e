namespace Sandbox.Tests.Uplink;

/// <summary>A test of one device's uplink and a server that plays a <see cref="StreamScript"/>.</summary>
public abstract class UplinkTest : IAsyncLifetime
{
    private protected LabAuthority Authority { get; } = new();

    private protected LabServer Server { get; private set; } = null!;

    private protected EnrolledDevice Device { get; private set; } = null!;

    private protected RunningUplink Uplink { get; set; } = null!;

    private protected StreamScript Script => Server.Streams;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await LabServer.StartAsync(Authority);
        Device = new EnrolledDevice(Authority, Server.Address);
        Uplink = new RunningUplink(Device);
    }

    public async ValueTask DisposeAsync()
    {
        await Uplink.DisposeAsync();
        Device.Dispose();
        await Server.DisposeAsync();
        Authority.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Task Stream(int number) => RunningUplink.Until(() => Script.Hellos.Count >= number, $"stream {number} did not come");

    private protected Task Acknowledged(ulong sequence) => RunningUplink.Until(
        () => Uplink.Spool.Acknowledged >= sequence, $"{sequence} was not acknowledged; {Uplink.Status?.LastTrouble}");

    private protected async Task Break()
    {
        var ends = Script.Ends;
        Script.Ends = new CancellationTokenSource();
        await ends.CancelAsync();
    }
}
