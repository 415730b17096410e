using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using NetworkInterface = Sandbox.Protocol.NetworkInterface;

namespace Sandbox.Agent.Inventory;

/// <summary>Interfaces from /sys/class/net, routes from /proc/net, name servers from resolv.conf, addresses from the kernel itself.</summary>
internal sealed class LinuxNetworkInterfaces(string root) : ISelfWaking
{
    private const string Folder = "sys/class/net";
    private readonly RootFolder _root = new(root);

    public string Name => "network";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.NetworkInterfaces];

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches => [LinuxNameServers.Source];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var network = new NetworkInterfaces();
        var addresses = LinuxAddresses.Read(_root, network.Unseen);
        var names = _root.List(Folder, out var unseen);
        if (unseen is not null) network.Unseen.Add(unseen);
        foreach (var name in names)
        {
            ct.ThrowIfCancellationRequested();
            // bonding_masters and the like are files, not interfaces.
            if (!Directory.Exists(_root.Resolve($"{Folder}/{name}"))) continue;
            var one = Read(name);
            if (addresses?.TryGetValue(name, out var own) == true) one.Addresses.AddRange(own);
            network.Interfaces.Add(one);
        }
        network.Gateways.AddRange(LinuxGateways.Read(_root, network.Unseen));
        network.NameServers.AddRange(LinuxNameServers.Read(_root, network.Unseen));
        return ValueTask.FromResult<IReadOnlyList<Fact>>([new Fact { NetworkInterfaces = network }]);
    }

    public IDisposable? Listen(Action wake) => _root.IsThisSystem ? new NetworkChanges(wake) : null;

    private NetworkInterface Read(string name)
    {
        var at = $"{Folder}/{name}";
        var one = new NetworkInterface { Name = name, State = LinuxMedium.State(_root.Line($"{at}/operstate")), Medium = LinuxMedium.Of(_root, at) };
        if (LinuxMedium.HardwareAddress(_root.Line($"{at}/address")) is { } mac)
        {
            one.MacAddress = mac;
            one.LocallyAdministered = (Convert.ToByte(mac[..2], 16) & 2) != 0;
        }
        // Drivers without a link answer with an error or with -1.
        if (one.State == NetworkInterface.Types.State.Up && _root.Number($"{at}/speed") is > 0 and var speed) one.SpeedMbps = (uint)speed;
        if (_root.Number($"{at}/mtu") is > 0 and var mtu) one.MtuBytes = (uint)mtu;
        if (_root.Line($"{at}/flags") is ['0', 'x', .. var flags] && uint.TryParse(flags, NumberStyles.HexNumber, null, out var bits))
            one.Enabled = (bits & 1) != 0;
        return one;
    }
}
