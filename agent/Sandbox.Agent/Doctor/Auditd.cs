using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Doctor;

/// <summary>How auditd fares on a system: it keeps Linux audit on and writes audit.log.</summary>
/// <param name="IsInstalled">Whether its program is there.</param>
/// <param name="Runs">Null: processes cannot be seen.</param>
/// <param name="SystemdRuns">Whether systemd would start it.</param>
/// <param name="Start">How to start it.</param>
internal sealed record Auditd(bool IsInstalled, bool? Runs, bool SystemdRuns, string Start)
{
    /// <summary>Looks at a system.</summary>
    public static Auditd Of(RootFolder root) => new(
        root.Has("usr/sbin/auditd") || root.Has("sbin/auditd"),
        new RunningPrograms(root).Has("auditd"),
        ServiceStart.SystemdRuns(root),
        ServiceStart.ForGood(root, "auditd", "auditd"));

    /// <summary>What makes it keep Linux audit on. Null: it runs already, or nobody can tell.</summary>
    public string? Remedy => this switch
    {
        { IsInstalled: false } => "sudo apt install auditd",
        { Runs: false } => Start,
        _ => null,
    };

    /// <summary>The same note; where it is of auditd's log and auditd can help, with what that takes here.</summary>
    public UnseenThing Explain(UnseenThing note) => this switch
    {
        _ when note.What != RootFolder.Shown(AuditLog.Path) || note.Remedy?.Contains("auditd", StringComparison.Ordinal) != true => note,
        { IsInstalled: true, Runs: false } => note with { Why = $"{note.Why}; auditd is installed and does not run", Remedy = Start },
        _ => note with { Remedy = Remedy ?? (SystemdRuns ? "sudo systemctl restart auditd" : "sudo service auditd restart") },
    };
}
