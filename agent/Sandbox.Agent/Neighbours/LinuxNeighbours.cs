using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Neighbours.Lldp;
using Sandbox.Protocol;

namespace Sandbox.Agent.Neighbours;

/// <summary>Machines on the same links.</summary>
internal sealed class LinuxNeighbours(string root, TimeProvider time) : ISelfWaking
{
    private const string Arp = "proc/net/arp";
    private const int Most = 1000;
    private readonly RootFolder _root = new(root);
    private readonly SeenNeighbours _seen = new(time);
    private readonly LldpLinks _lldp = new(root, time);

    public string Name => "neighbours";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Neighbours];

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    // The kernel's table is no file.
    public IReadOnlyList<string> Watches { get; } = [];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.Neighbours();
        var unseen = new UnseenNotes(fact.Unseen);
        var all = _seen.With(_root.IsThisSystem ? Live(unseen) : FromArp(unseen));
        fact.Neighbours_.AddRange(all.Take(Most).Select(Of));
        if (all.Count > Most) unseen.Add(new Unseen { What = "RTM_GETNEIGH", Why = $"more than {Most} neighbours; the others are left out" });
        fact.Lldp.AddRange(_lldp.Heard(unseen));
        unseen.Close();
        return new([new Fact { Neighbours = fact }]);
    }

    public IDisposable? Listen(Action wake) => _root.IsThisSystem ? new Ears(_lldp.Listen(wake), new NetworkChanges(wake)) : null;

    private static Neighbour Of(NeighbourEntry entry)
    {
        var hardware = entry.Hardware.GetAddressBytes();
        var neighbour = new Neighbour
        {
            Address = entry.Address.ToString(), Interface = entry.Interface, LocallyAdministered = (hardware[0] & 2) != 0,
            MacAddress = string.Join(':', hardware.Select(one => one.ToString("x2", CultureInfo.InvariantCulture))),
        };
        if (entry.Router is { } router) neighbour.Router = router;
        if (entry.Permanent is { } permanent) neighbour.Permanent = permanent;
        return neighbour;
    }

    private List<NeighbourEntry> Live(UnseenNotes unseen)
    {
        try
        {
            return NeighbourDump.Read(new LinkNames(_root).Of);
        }
        catch (IOException fault)
        {
            unseen.Add(new Unseen { What = "RTM_GETNEIGH", Why = fault.Message });
            return FromArp(unseen);
        }
    }

    private List<NeighbourEntry> FromArp(UnseenNotes unseen)
    {
        if (!_root.IsThisSystem)
            unseen.Add(new Unseen { What = "RTM_GETNEIGH", Why = "only the running system knows its IPv6 neighbours, and the root folder is another", Remedy = "Leave out --root" });
        if (_root.TryRead(Arp, out var text, out var fault)) return [.. ArpTable.Parse(text)];
        unseen.Add(fault);
        return [];
    }

    // A link that goes takes those with it who were at its other end.
    private sealed class Ears(IDisposable? lldp, NetworkChanges changes) : IDisposable
    {
        public void Dispose()
        {
            lldp?.Dispose();
            changes.Dispose();
        }
    }
}
