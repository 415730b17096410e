using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Acts.Accounts;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Correlating;

/// <summary>
/// Makes acts of records: one act that leaves ten of them is one. A record that comes after its act was brought lets the act be brought again, with the
/// id of its best record; <c>replaces</c> names the ids that it had.
/// </summary>
internal sealed class Correlation(ActMemory memory, AccountFiles files, uint? firstPerson)
{
    private const int MostRemembered = 96;
    private const int FirstPerson = 1000;
    private readonly Whereabouts _whereabouts = new(files);

    /// <summary>There will be another run: an act may wait for it.</summary>
    public bool MayWait { get; init; }

    /// <summary>The acts that are new or of which more is known, by time, then id.</summary>
    public List<AdminAct> Of(IEnumerable<AdminAct> records, DateTimeOffset now)
    {
        var touched = memory.Recent.FindAll(memory.IsWaiting);
        var reported = memory.Recent.Except(touched).Select(act => (Act: act, act.Id)).ToList();
        foreach (var record in records.OrderBy(act => act.OccurredAt.ToDateTimeOffset()))
        {
            files.Name(record);
            var act = Find(record);
            if (act is null) memory.Recent.Add(act = New(record, now));
            else if (act.Records.Contains(record.Records[0])) continue;
            else Merging.Add(act, record);
            if (!touched.Contains(act)) touched.Add(act);
        }
        foreach (var act in touched)
            if (reported.Find(one => ReferenceEquals(one.Act, act)) is { Act: not null } before) Merging.Replace(act, before.Id);
        // What a login tells of its session is needed by what was done in it.
        foreach (var act in touched.OrderBy(act => act.Action is not Action.LogIn)) Judge(act, now);
        if (memory.Recent.Count > MostRemembered) memory.Recent.RemoveRange(0, memory.Recent.Count - MostRemembered);
        Wait(touched, now);
        touched.Sort(ByTimeThenId);
        return [.. touched.Select(act => act.Clone())];
    }

    private AdminAct? Find(AdminAct record)
    {
        for (var i = memory.Recent.Count - 1; i >= 0; i--)
            if (SameAct.Is(memory.Recent[i], record)) return memory.Recent[i];
        return null;
    }

    private static AdminAct New(AdminAct record, DateTimeOffset now)
    {
        record.Id = ActId.Of(record.Records[0]);
        record.ObservedAt = Timestamp.FromDateTimeOffset(now);
        return record;
    }

    private void Judge(AdminAct act, DateTimeOffset now)
    {
        if (act.Action is Action.LogIn && act.Actor is { HasSession: true, HasKeyFingerprint: true }) memory.Sessions.OpenedBy(act.Actor.Session, act.Actor.KeyFingerprint);
        memory.Sessions.Tell(act);
        memory.Vouchers.Doubt(act);
        if (_whereabouts.Of(act, now) is Whereabout.Elsewhere) Whereabouts.Disown(act);
        if (act.Action is Action.Elsewhere) return;
        if (act.HasAutomation) return;
        if (!SameAct.HasCommand(act) && act.Source is not Source.AptHistory && act.Action is not Action.LogIn && memory.Apt.Covers(act.OccurredAt.ToDateTimeOffset()))
            act.Automation = "inside an apt run";
        else if (act.Action is Action.AddAccount or Action.RemoveAccount && IsSystem(act))
            act.Automation = "an account of the system, not of a person";
    }

    // What the files may still show is told when they did, or when it is too late for it.
    private void Wait(List<AdminAct> touched, DateTimeOffset now)
    {
        memory.Waiting.Clear();
        foreach (var act in touched)
            if (MayWait && memory.Recent.Contains(act) && _whereabouts.Of(act, now) is Whereabout.NotYetKnown) memory.Waiting.Add(act.Id.ToBase64());
        touched.RemoveAll(memory.IsWaiting);
    }

    private bool IsSystem(AdminAct act) =>
        act.Objects.FirstOrDefault(done => done is { Kind: "account", HasId: true }) is { } account
        && uint.TryParse(account.Id, out var uid) && uid < (firstPerson ?? FirstPerson);

    private static int ByTimeThenId(AdminAct one, AdminAct other)
    {
        var times = one.OccurredAt.ToDateTimeOffset().CompareTo(other.OccurredAt.ToDateTimeOffset());
        return times != 0 ? times : one.Id.Span.SequenceCompareTo(other.Id.Span);
    }
}
