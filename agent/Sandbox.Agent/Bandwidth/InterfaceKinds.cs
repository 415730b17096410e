using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Bandwidth;

/// <summary>What <c>/sys/class/net</c> says of interfaces, read anew now and then: it changes seldom.</summary>
internal sealed class InterfaceKinds(RootFolder root)
{
    private const string Folder = "sys/class/net";
    private readonly Dictionary<string, InterfaceKind> _known = new(StringComparer.Ordinal);
    private bool _anyPhysical;

    /// <summary>Reads what is not known yet of these: whether one counts depends on the others.</summary>
    public void Know(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (_known.ContainsKey(name)) continue;
            _known[name] = Read(name);
            _anyPhysical |= _known[name].IsPhysical;
        }
    }

    /// <summary>Forgets everything, so that it is read anew.</summary>
    public void Forget()
    {
        _known.Clear();
        _anyPhysical = false;
    }

    /// <summary>Whether a known interface counts towards the machine as a whole, and its speed in bits per second (null: not known).</summary>
    public (bool InTotal, ulong? Speed) Of(string name)
    {
        var kind = _known[name];
        return (_anyPhysical ? kind.IsPhysical : kind.IsOwn, kind.Speed);
    }

    private InterfaceKind Read(string name)
    {
        var folder = $"{Folder}/{name}";
        // -1: the interface is down or has no speed.
        var megabits = root.Number($"{folder}/speed");
        return new InterfaceKind(
            root.Has($"{folder}/device"),
            !root.Has($"{folder}/bridge") && !root.Has($"{folder}/bonding") && !root.Has($"{folder}/master"),
            megabits > 0 ? (ulong)megabits * 1_000_000 : null);
    }

    private readonly record struct InterfaceKind(bool IsPhysical, bool IsOwn, ulong? Speed);
}
