using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Acts.Journal;
using Sandbox.Agent.Acts.Syslog;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts;

/// <summary>What keeps acts from being seen, or from being anybody's.</summary>
internal static class UnseenActs
{
    /// <summary>Adds what is missing altogether to what could not be read.</summary>
    public static void Note(RootFolder root, LogClock clock, HeardRecords heard, List<Unseen> unseen)
    {
        if (heard.HasMissed && !AuditLog.IsRead(root, unseen))
            unseen.Add(new Unseen { What = "Linux audit", Why = "the kernel told of records faster than they could be read: some since the agent's start are missing" });
        if (!root.Has(AuditLog.Path) && !unseen.Exists(note => note.What == RootFolder.Shown(AuditLog.Path)))
            unseen.Add(Hidden(root) ?? Why.Of(AuditLog.Path, WithoutLog(heard), "sudo apt install auditd"));
        if (!Array.Exists(Texts, path => root.Has(path)) && !FollowedJournal.IsWritten(root))
            unseen.Add(Why.Of(SyslogFiles.Paths[0], "not present, and no journal either: what was done without audit is not seen", "sudo apt install rsyslog"));
        if (clock.ZoneUnknown)
            unseen.Add(Why.Of("etc/localtime", "a copy that does not say its name: times in logs are read as UTC", "Make it a link: sudo timedatectl set-timezone ZONE"));
    }

    // Its folder is closed to others, who must not take that for a log that is not there.
    private static Unseen? Hidden(RootFolder root)
    {
        root.List(Path.GetDirectoryName(AuditLog.Path)!, out var unseen);
        return unseen is null || Why.IsAbsent(unseen) ? null : unseen;
    }

    private static string WithoutLog(HeardRecords heard) => heard switch
    {
        { HasHeard: true } => "not present: the kernel itself tells of records, but not of those that it made while the agent was off",
        { IsListening: true } => "not present, and the kernel has told of no record yet: until it does, nobody is named better than by sudo's own word",
        _ => "not present: unless the running agent hears records of Linux audit from the kernel, nobody is named better than by sudo's own word",
    };

    private static string[] Texts => [SyslogFiles.Paths[0], SyslogFiles.Paths[1]];
}
