using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;
using State = Sandbox.Protocol.ServiceUnit.Types.State;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 4.6: a service that the machine did not know at first starts with it, runs, and listens for others. Services that lay there switched off, what listens for
/// the machine itself alone, what only comes along with other software, and what a container listens with do not count.
/// </summary>
internal sealed class ServiceSetUp() : Addition("4.6", "service.set_up", "service", Fact.KindOneofCase.Services)
{
    private const string Use = "that another machine uses it is not seen, unless the grade says so";

    // What comes along with other software, and agents that let others look after the machine: neither makes a server of it.
    private static readonly string[] Helpers =
    [
        "avahi-daemon.service", "cups-browsed.service", "cups.service", "rpcbind.service", "rpc-statd.service", "systemd-resolved.service", "docker.service", "containerd.service", "sandbox-agent.service",
        "veyon.service", "anydesk.service", "prometheus-node-exporter.service", "zabbix-agent.service", "zabbix-agent2.service", "nagios-nrpe-server.service", "nrpe.service", "snmpd.service", "tailscaled.service",
    ];

    public override string Counts => "a service for others that was set up";

    // A package is unpacked before its service starts.
    public override TimeSpan Lasts => TimeSpan.FromMinutes(2);

    protected override IEnumerable<string> Names(Fact fact) => fact.Services.Units.SelectMany(one => one.Aliases.Prepend(one.Name));

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) => ForOthers(fact.Services)
        .Where(one => !one.Unit.Aliases.Intersect(Known(device)).Any() && IsNew(one.Heard, device)).Select(one => new Thing(one.Unit.Name, $"enabled and listening at {Listening.Words(one.Heard)}") { Reservation = $"{Use}; {SharedActs.Words(Act)}" });

    // One that is started anew, or listens a moment later, is no other one.
    protected override string? Lost(string name, Fact shown) => shown.Services.Units.FirstOrDefault(one => one.Name == name) switch
    {
        null => "the service was removed",
        { State: not State.Enabled } => "the service does not start with the machine any more",
        _ => null,
    };

    protected override bool Explains(string name, EvidenceItem item, AdminAct act)
    {
        var bare = Listening.Bare(name);
        return Trace.IsUnit(act, name, "enable", "start", "restart", "reenable", "unmask")
            || (act.Action == Action.Install && act.Objects.Any(one => one is { Kind: "package", Detail: "install", Automatic: false } && Listening.IsOf(one.Name, bare)))
            || Trace.IsRunOnFile(act, $"/etc/systemd/system/{name}");
    }

    protected override IReadOnlyList<Outlook> SeenBy(string name, EvidenceItem item, DeviceFacts facts) => Seen.Served(name, facts);

    /// <summary>Names of the services for which others come to the machine, which makes it a server: SSH alone does not.</summary>
    public static IEnumerable<string> Serving(Services services) => ForOthers(services).Select(one => one.Unit.Name).Where(name => name is not ("ssh.service" or "sshd.service"));

    // An upgrade that renames a service lets it keep the old name beside the new one.
    private IEnumerable<string> Known(DeviceCase device) => device.Baseline[Fact.KindOneofCase.Services] is { } first ? Names(first.Fact) : [];

    private static IEnumerable<(ServiceUnit Unit, List<ListeningSocket> Heard)> ForOthers(Services services) =>
        from unit in Running(services)
        where !Helpers.Contains(unit.Name)
        let heard = services.Listeners.Where(one => Listening.IsForOthers(one) && IsOnly(unit, one, services)).ToList()
        where heard.Count > 0
        select (unit, heard);

    private static IEnumerable<ServiceUnit> Running(Services services) =>
        services.Units.Where(unit => unit is { State: State.Enabled, HasRunning: true, Running: true } && unit.Name.EndsWith(".service", StringComparison.Ordinal));

    // A socket is one service's: that of its very name before one of a similar name, and of two that could have it neither has.
    private static bool IsOnly(ServiceUnit unit, ListeningSocket socket, Services services)
    {
        if (!Listening.Belongs(socket, unit)) return false;
        var others = Running(services).Where(one => one != unit && Listening.Belongs(socket, one)).ToList();
        return others.Count == 0 || (Listening.IsNamedAs(socket, unit) && !others.Exists(one => Listening.IsNamedAs(socket, one)));
    }

    // What listened there at first is no new service, whatever unit claims it.
    private static bool IsNew(List<ListeningSocket> heard, DeviceCase device) =>
        device.Baseline[Fact.KindOneofCase.Services] is not { } first || heard.Exists(one => !first.Fact.Services.Listeners.Any(then => Listening.IsForOthers(then) && then.Protocol == one.Protocol && then.Port == one.Port));
}
