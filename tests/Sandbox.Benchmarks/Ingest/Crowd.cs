using System.Security.Cryptography.X509Certificates;
using Sandbox.EndToEnd.Harness;
using Sandbox.Server;
using Sandbox.Server.Hosting;
using Sandbox.Server.People;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Benchmarks.Ingest;

/// <summary>Devices of one apprentice that all report as fast as the server takes it.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<LoadDevice> _devices = [];
    private readonly List<LoadStream> _streams = [];

    private Crowd()
    {
    }

    /// <summary>Reports that the server has acknowledged.</summary>
    public long Acknowledged => _streams.Sum(stream => stream.Acknowledged);

    /// <summary>Enrols so many devices beside the running server, as its commands open its store.</summary>
    /// <param name="lab">The server.</param>
    /// <param name="devices">How many.</param>
    /// <param name="reportsPerMessage">Reports in a message.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="pause">What each waits between two messages; nothing unless said.</param>
    public static async Task<Crowd> EnrolAsync(Lab lab, int devices, int reportsPerMessage, CancellationToken ct, TimeSpan pause = default)
    {
        var folders = new ServerFolders(lab.Data);
        using var authority = CertificateAuthority.LoadOrCreate(folders, TimeProvider.System);
        await using var store = await CommandStore.OpenAsync(folders, ct);
        var owner = await store.Get<Roster>().AddAsync("load", null, Roles.Apprentice, by: null, ct);
        var crowd = new Crowd();
        for (var number = 0; number < devices; number++) crowd._devices.Add(new LoadDevice(number, new DeviceCertificates(authority)));

        var db = store.Get<SandboxDb>();
        foreach (var device in crowd._devices)
        {
            device.Row.OwnerId = owner.Id;
            db.Devices.Add(device.Row);
        }
        await db.SaveChangesAsync(ct);

        var trusted = X509CertificateLoader.LoadCertificate(authority.Certificate.RawData);
        crowd._streams.AddRange(crowd._devices.Select(device => new LoadStream(device, lab.AgentPort, trusted, reportsPerMessage, pause)));
        return crowd;
    }

    /// <summary>Opens all streams and keeps them full until the token says so; a fault of one ends all.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var running = _streams.ConvertAll(stream => stream.RunAsync(end.Token));
        await await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>Begins to note how long acknowledgements take.</summary>
    public void Note()
    {
        foreach (var stream in _streams) stream.Note();
    }

    /// <summary>Ends it, and says all that was noted, in milliseconds, rising.</summary>
    public List<double> Noted() => [.. _streams.SelectMany(stream => stream.Noted()).Order()];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in _streams) stream.Dispose();
        foreach (var device in _devices) device.Dispose();
    }
}
