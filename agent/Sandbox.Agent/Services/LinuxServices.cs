using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Listening;
using Sandbox.Protocol;

namespace Sandbox.Agent.Services;

/// <summary>systemd's units and the sockets that wait for others.</summary>
internal sealed class LinuxServices(string root, SharedListening? listening = null) : ISelfWaking
{
    private const int MostUnits = 1000;
    private readonly RootFolder _root = new(root);
    private readonly SharedListening _listening = listening ?? new(new RootFolder(root));
    private readonly SocketOwners _owners = new(new RootFolder(root));

    // Asked once: it does not change while a kernel runs, but for modules that an administrator loads.
    private readonly Lazy<KernelRefusal?> _refusal = new(() => ListenerWatch.Refusal(new RootFolder(root)));

    public string Name => "services";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Services];

    // The safety net, and what is left where the kernel does not answer questions about sockets.
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    // A unit that starts or ends makes or removes its control group, which inotify tells.
    public IReadOnlyList<string> Watches { get; } =
    [
        .. UnitFolders.Search, .. UnitFolders.UsualTargets.Select(target => $"{UnitFolders.Own}/{target}.wants"), .. RunningUnits.Folders,
    ];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var services = new Protocol.Services();
        var unseen = new UnseenNotes(services.Unseen);
        Units(services, unseen, ct);
        services.Listeners.AddRange(Listeners.Read(_root, _owners, unseen, ct));
        if (_root.IsThisSystem && _refusal.Value is { } refusal)
            unseen.Add(Why.Of("sock_diag", $"the kernel does not say who listens ({refusal.Message}), so new listeners are noticed by a look once a minute", "sudo modprobe -a tcp_diag udp_diag, and start the agent again"));
        unseen.Close();
        return new([new Fact { Services = services }]);
    }

    public IDisposable? Listen(Action wake) => _listening.Listen(wake);

    private void Units(Protocol.Services services, UnseenNotes unseen, CancellationToken ct)
    {
        if (!UnitFolders.Search.Any(_root.Has))
        {
            unseen.Add(Why.Of(UnitFolders.Own, "not present: this system does not use systemd, and services of other init systems are not read"));
            return;
        }
        var units = UnitFolders.Read(_root, unseen, ct);
        var running = RunningUnits.Read(_root, ct);
        if (running is null) unseen.Add(Why.Of(RunningUnits.Folders[0], "not present: systemd does not run here, so nothing says which units run"));
        var told = units.Values.Select(unit => unit.Describe(running)).OfType<ServiceUnit>().OrderBy(unit => unit.Name, StringComparer.Ordinal).ToList();
        services.Units.AddRange(told.Take(MostUnits));
        if (told.Count > MostUnits) unseen.Add(Why.Of(UnitFolders.Own, $"more than {MostUnits} units; the others are left out"));
    }
}
