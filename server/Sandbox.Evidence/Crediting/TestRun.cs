using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting.Additions;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 4.4: somebody ran a test against another machine of the lab, of its bandwidth (iperf3) or of what it lets in (nmap). The act is all there is: it changes nothing. What is run
/// against the own machine, against names and addresses out in the world, and by a job does not count; each machine counts once for each program.
/// </summary>
internal sealed class TestRun : ICreditRule
{
    private const string Outcome = "what came of it, and what was concluded, is not seen";

    // What only asks the program something.
    private static readonly string[] OnlyAsks = ["-h", "--help", "-V", "-v", "--version", "-sL", "--iflist", "-s", "--server"];

    // RFC 6762, RFC 8375, RFC 6761 and what labs use: names that lead to nobody's machine out in the world.
    private static readonly string[] OwnDomains = [".local", ".lan", ".lab", ".internal", ".home.arpa", ".test"];

    private static readonly string[] OwnNetworks = ["fc", "fd", "fe8", "fe9", "fea", "feb"];

    public string Line => "4.4";

    public string Act => "test.run";

    public string Counts => "a test of another machine of the lab, of its bandwidth by iperf3 or of what it lets in by nmap";

    /// <summary>An act cannot be taken back: it holds with the next report.</summary>
    public TimeSpan Dwell => TimeSpan.Zero;

    public bool HappensByItself => true;

    public bool CanBeSeenAgain => false;

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now) =>
        from act in device.Acts
        where act.Act.Result != Result.Failure
        let target = Target(act.Act)
        where target is not null && !OwnNames.Has(target.Value.Host, device.Facts)
        let at = act.OccurredAt ?? DateTimeOffset.MaxValue
        where at < DateTimeOffset.MaxValue
        let shown = new ReportedFact(new Fact { Acts = new Acts { Acts_ = { act.Act } } }, act.ReportId, at, at)
        select new Credit($"{target.Value.Program} to {target.Value.Host}", null, "tested", shown, null) { NotBefore = at, Reservation = Outcome };

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now) => new Standing.Stands(device.Facts.HeardAt, null);

    public bool Explains(EvidenceItem item, AdminAct act) => Target(act) is { } target && item.Target == $"{target.Program} to {target.Host}";

    private static (string Program, string Host)? Target(AdminAct act)
    {
        if (!Trace.IsRunOf(act, "iperf3", "nmap") || act.Arguments.Any(OnlyAsks.Contains)) return null;
        var program = act.Program[(act.Program.LastIndexOf('/') + 1)..];
        var host = program == "iperf3" ? act.Arguments.SkipWhile(word => word is not ("-c" or "--client")).Skip(1).FirstOrDefault() : act.Arguments.LastOrDefault();
        return host is { Length: > 0 } && host[0] != '-' && IsOfTheLab(host) ? (program, host) : null;
    }

    private static bool IsOfTheLab(string host)
    {
        var bare = host.Split('/')[0];
        return Uri.CheckHostName(bare) switch
        {
            // RFC 1918.
            UriHostNameType.IPv4 => bare.Split('.') is ["10", ..] or ["192", "168", ..] || (bare.Split('.') is ["172", var second, ..] && int.TryParse(second, out var number) && number is >= 16 and < 32),
            // RFC 4193 and RFC 4291, 2.5.6.
            UriHostNameType.IPv6 => Array.Exists(OwnNetworks, network => bare.StartsWith(network, StringComparison.OrdinalIgnoreCase)),
            UriHostNameType.Dns => char.IsAsciiLetter(bare[0]) && bare.Split('.')[0] != "localhost" && (!bare.Contains('.', StringComparison.Ordinal) || Array.Exists(OwnDomains, end => bare.EndsWith(end, StringComparison.OrdinalIgnoreCase))),
            _ => false,
        };
    }
}
