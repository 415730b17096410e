using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Neighbours;

/// <summary>The interfaces of this machine as they are now: sysfs, /sys/class/net.</summary>
internal sealed class LinkNames
{
    private const string Links = "sys/class/net";

    // ARPHRD_ETHER; wireless interfaces have it as well, and say that they are.
    private const int EthernetType = 1;
    private readonly RootFolder _root;
    private readonly Dictionary<int, string> _names = [];
    private readonly int _cards;

    public LinkNames(RootFolder root)
    {
        _root = root;
        foreach (var name in root.List(Links, out _))
        {
            if (root.Number($"{Links}/{name}/ifindex") is not (> 0 and <= int.MaxValue and var number)) continue;
            _names[(int)number] = name;
            if (root.Number($"{Links}/{name}/type") != EthernetType || root.Has($"{Links}/{name}/phy80211")) continue;
            // What has a device is a card; bridges and ends of virtual cables may be many.
            if (root.Has($"{Links}/{name}/device")) Cabled.Insert(_cards++, (int)number);
            else Cabled.Add((int)number);
        }
    }

    /// <summary>Numbers of those that carry Ethernet frames over no air, cards first.</summary>
    public List<int> Cabled { get; } = [];

    /// <summary>Whether it is there, switched on, and at the other end something answers.</summary>
    public bool HasLink(int number) => _names.TryGetValue(number, out var name) && _root.Number($"{Links}/{name}/carrier") == 1;

    /// <summary>The name, or `#7` for one that is gone.</summary>
    public string Of(int number) => _names.GetValueOrDefault(number, $"#{number}");
}
