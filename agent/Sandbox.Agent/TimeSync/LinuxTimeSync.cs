using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.TimeSync;

/// <summary>Whether the clock follows a time server, and what is set up for that.</summary>
internal sealed class LinuxTimeSync(string root) : ICollector
{
    private const string Synchronised = "run/systemd/timesync/synchronized";
    private static readonly string[] Chrony = ["etc/chrony/chrony.conf", "etc/chrony.conf"];
    private static readonly string[] NtpSec = ["etc/ntpsec/ntp.conf"];
    private static readonly string[] Ntp = ["etc/ntp.conf"];
    private static readonly string[] TimesyncdUnits = ["systemd-timesyncd.service"];
    // Its configuration may be left behind or come with systemd itself, so the program tells.
    private static readonly string[] TimesyncdPrograms = ["usr/lib/systemd/systemd-timesyncd", "lib/systemd/systemd-timesyncd"];
    private readonly RootFolder _root = new(root);

    public string Name => "time-sync";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.TimeSync];

    // The kernel tells nobody when it gives a clock up.
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } =
    [
        .. Chrony, .. NtpSec, .. Ntp, "etc/chrony/conf.d", "etc/chrony/sources.d", "etc/chrony.d", "run/chrony-dhcp", Synchronised,
        .. Timesyncd.Watches, .. TimeUnits.Watches,
    ];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var fact = new Protocol.TimeSync();
        var unseen = new UnseenNotes(fact.Unseen);
        var disciplined = _root.IsThisSystem ? KernelClock.Synchronised() : null;
        if (disciplined is { } said) fact.Synchronised = said;
        else if (_root.Has(Synchronised)) fact.Synchronised = true;
        else unseen.Add(NotAsked());
        var units = new TimeUnits(_root);
        Add(fact, units, "chrony", ["chrony.service", "chronyd.service"], new NtpFiles(_root, unseen).Read(Chrony));
        Add(fact, units, "ntp", ["ntp.service", "ntpd.service"], new NtpFiles(_root, unseen).Read(Ntp));
        Add(fact, units, "ntpsec", ["ntpsec.service"], new NtpFiles(_root, unseen).Read(NtpSec));
        if (TimesyncdPrograms.Any(_root.Has)) Add(fact, units, "systemd-timesyncd", TimesyncdUnits, Timesyncd.Read(_root, unseen));
        unseen.Close();
        return new([new Fact { TimeSync = fact }]);
    }

    private Unseen NotAsked() => _root.IsThisSystem
        ? new Unseen { What = "adjtimex", Why = "the kernel refused the call" }
        : new Unseen { What = "adjtimex", Why = "only the running system knows its clock, and the root folder is another", Remedy = "Leave out --root" };

    private static void Add(Protocol.TimeSync fact, TimeUnits units, string name, string[] names, List<TimeSource>? sources)
    {
        if (sources is null) return;
        var service = new TimeService { Name = name, Sources = { sources } };
        if (units.Enabled(names) is { } enabled) service.Enabled = enabled;
        if (units.Runs(names) is { } running) service.Running = running;
        fact.Services.Add(service);
    }
}
