using System.Globalization;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>What is known of the kernel's sessions (ses): those heard of last.</summary>
internal sealed class SessionBook
{
    private const int Most = 64;

    /// <summary>The one heard of last stands last.</summary>
    public List<SessionNote> Notes { get; init; } = [];

    /// <summary>It was opened from there.</summary>
    public void From(uint session, string address) => Change(session, note => note with { Address = address });

    /// <summary>That key opened it.</summary>
    public void OpenedBy(uint session, string fingerprint) => Change(session, note => note with { Fingerprint = fingerprint });

    /// <summary>cron or at opened it.</summary>
    public void Scheduled(uint session) => Change(session, note => note with { Scheduled = true });

    /// <summary>In it somebody with that login uid took another one.</summary>
    public void Taken(uint session, uint from) => Change(session, note => note with { TakenFrom = from });

    /// <summary>Adds to the act what is known of its session.</summary>
    public void Tell(AdminAct act)
    {
        if (!act.Actor.HasSession || Notes.Find(known => known.Session == act.Actor.Session) is not { } note) return;
        if (note.Address is not null && !act.Actor.HasRemoteIp) act.Actor.RemoteIp = note.Address;
        if (note.Fingerprint is not null && !act.Actor.HasKeyFingerprint) act.Actor.KeyFingerprint = note.Fingerprint;
        if (note.Scheduled) act.Automation = "a job of cron or at";
        if (note.TakenFrom is not { } from || act.Action is Action.ChangeAudit || act.Method is not (Method.A1 or Method.None)) return;
        act.Method = Method.None;
        act.MethodReason = string.Create(CultureInfo.InvariantCulture, $"in this session a process with login uid {from} took another one");
    }

    private void Change(uint session, Func<SessionNote, SessionNote> change)
    {
        var at = Notes.FindIndex(note => note.Session == session);
        var known = at < 0 ? new SessionNote(session, null, null, false, null) : Notes[at];
        if (at >= 0) Notes.RemoveAt(at);
        else if (Notes.Count >= Most) Notes.RemoveAt(0);
        Notes.Add(change(known));
    }
}

/// <summary>What is known of a session.</summary>
/// <param name="Session">The kernel's number.</param>
/// <param name="Address">From where it was opened. Null: not known.</param>
/// <param name="Fingerprint">Key that opened it. Null: not known.</param>
/// <param name="Scheduled">cron or at opened it.</param>
/// <param name="TakenFrom">The login uid that somebody in it gave up for another one. Null: nobody did.</param>
internal sealed record SessionNote(uint Session, string? Address, string? Fingerprint, bool Scheduled, uint? TakenFrom);
