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
    public static void Note(RootFolder root, LogClock clock, List<Unseen> unseen)
    {
        if (!root.Has(AuditLog.Path) && !unseen.Exists(note => note.What == RootFolder.Shown(AuditLog.Path)))
            unseen.Add(Why.Of(AuditLog.Path, "not present: without Linux audit nobody is named better than by sudo's own word", "sudo apt install auditd"));
        if (!Array.Exists(JournalOrText, path => root.Has(path)))
            unseen.Add(Why.Of(SyslogFiles.Paths[0], "not present, and no journal either: what was done without audit is not seen", "sudo apt install rsyslog"));
        if (clock.ZoneUnknown)
            unseen.Add(Why.Of("etc/localtime", "a copy that does not say its name: times in logs are read as UTC", "Make it a link: sudo timedatectl set-timezone ZONE"));
    }

    private static string[] JournalOrText => [SyslogFiles.Paths[0], SyslogFiles.Paths[1], .. FollowedJournal.Folders];
}
