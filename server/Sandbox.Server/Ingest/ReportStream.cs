using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Server.Devices;
using Sandbox.Server.Live;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Ingest;

/// <summary>One open stream of reports, between its call and the writer.</summary>
internal sealed class ReportStream(CallingDevice device, ByteString epoch, long session, OpenStream open, DeviceWitness witness, TimeProvider time) : IDisposable
{
    /// <summary>Most bytes of one stream between their arrival and the sending of their acknowledgement.</summary>
    internal const long MostInFlight = 2L * Wire.LargestMessage;

    private readonly byte[] _epoch = epoch.ToByteArray();
    private DateTimeOffset _lastSeen;

    /// <summary>Whose it is.</summary>
    public DeviceId Device => device.Id;

    /// <summary>Number of its session; a younger stream of the same device has a higher one.</summary>
    public long Session => session;

    /// <summary>Checks each report by itself.</summary>
    public ReportCheck Check { get; } = new(device.Id, device.PublicKey, epoch) { Previous = device.PreviousPublicKey };

    /// <summary>Bytes that arrived and are not acknowledged.</summary>
    public ByteBudget InFlight => Outbox.InFlight;

    /// <summary>What goes back to the agent.</summary>
    public Outbox Outbox { get; } = new(new ByteBudget(MostInFlight), witness, time);

    /// <summary>Where the server closes it.</summary>
    public OpenStream Open => open;

    /// <summary>From where it comes, and from where the device came before.</summary>
    public Copies Copies { get; set; } = Copies.Unknown;

    /// <summary>The device's clock minus the server's, as its hello showed.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How far it has come; the writer's alone. Null: the store has to be read first.</summary>
    public DeviceProgress? Progress { get; set; }

    /// <summary>An empty part of a batch.</summary>
    /// <param name="isServers">It is the server that writes, without having heard of the device.</param>
    public StreamWrites NewWrites(bool isServers = false) =>
        new() { Device = device.Id, Session = session, Serial = isServers ? null : device.Serial, Epoch = _epoch };

    /// <summary>Reads where the store is.</summary>
    public DeviceProgress ReadProgress(Assessor assessor) => new(device.Id, _epoch, assessor.Store.Read(device.Id, _epoch), assessor);

    /// <summary>Whether it is to be stored, and pages are to be told, that the device was heard of: at most once a second.</summary>
    public bool IsSeenAnew(DateTimeOffset now)
    {
        // Also when the server's clock was set back: what is stored must not lie ahead of it.
        if ((now - _lastSeen).Duration() < TimeSpan.FromSeconds(1)) return false;
        _lastSeen = now;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Check.Dispose();
        open.Dispose();
    }
}
