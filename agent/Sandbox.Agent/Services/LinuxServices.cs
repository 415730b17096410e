using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Services;

/// <summary>systemd's units and the sockets that wait for others.</summary>
internal sealed class LinuxServices(string root) : ICollector
{
    private const int MostUnits = 1000;
    private readonly RootFolder _root = new(root);
    private readonly SocketOwners _owners = new(new RootFolder(root));

    public string Name => "services";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Services];

    // Nothing tells of a new listening socket.
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
        unseen.Close();
        return new([new Fact { Services = services }]);
    }

    private void Units(Protocol.Services services, UnseenNotes unseen, CancellationToken ct)
    {
        if (!UnitFolders.Search.Any(_root.Has))
        {
            unseen.Add(Why.Absent(UnitFolders.Own, "This system does not use systemd; services of other init systems are not read"));
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
