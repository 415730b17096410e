using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using static Sandbox.Protocol.AdminAct.Types;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Tests.Lab;

/// <summary>One piece of work on one machine, done honestly, or as somebody who cheats or a machine at work would have it look.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Way">How, for people.</param>
/// <param name="Counts">Whether it is Anna's honest work, which must be hers at E2.</param>
internal sealed record Session(Work Work, string Way, bool Counts)
{
    /// <summary>When each session does its work, after its machine was first seen.</summary>
    public static readonly TimeSpan AtWork = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Reports of the machine, by when they are sent.</summary>
    public List<Sent> Reports { get; } = [];

    /// <summary>Every work in every way, and what was recorded of real people.</summary>
    public static IReadOnlyList<Session> All() => [.. Work.All.SelectMany(Of), .. RecordedWork.All()];

    /// <summary>Work whose acts an agent read out of real logs, moved to the time of the session.</summary>
    public static Session Recorded(Work work, string way, bool counts, AdminAct act)
    {
        var session = new Session(work, way, counts).Begun(work.Wrong).Shown(AtWork);
        var moved = act.Clone();
        var by = LabBench.Start + AtWork - act.OccurredAt.ToDateTimeOffset();
        moved.OccurredAt = Timestamp.FromDateTimeOffset(LabBench.Start + AtWork);
        foreach (var record in moved.Records.Where(record => record.OccurredAt is not null)) record.OccurredAt = Timestamp.FromDateTimeOffset(record.OccurredAt.ToDateTimeOffset() + by);
        moved.Replaces.Clear();
        session.Reports.Add(new Sent(AtWork + Second, AtWork + Second, report => report.Facts.Add(new Fact { Acts = new Protocol.Acts { Acts_ = { moved } } })));
        return session;
    }

    private static IEnumerable<Session> Of(Work work) =>
    [
        Honest(work, "by sudo, on record before the change").Told(AtWork - Second, "anna", Method.A2).Shown(AtWork),
        Honest(work, "by the kernel's login uid, on record after the change").Shown(AtWork).Told(AtWork, "anna", Method.A1, later: Second * 3),
        Honest(work, "by text first, by a better record later").Shown(AtWork).Told(AtWork, null, Method.A3, later: Second).Told(AtWork, "anna", Method.A1, later: Second * 5, replaces: Method.A3),
        Honest(work, "under a shared account, by the key of the session").Shown(AtWork).Told(AtWork, "lab", Method.A1, later: Second, change: act => act.Actor.KeyFingerprint = Doing.AnnasKey),
        Honest(work, "with a mentor's failed try before").Told(AtWork - Second * 30, "maria", Method.A1, change: act => act.Result = Result.Failure).Told(AtWork, "anna", Method.A1).Shown(AtWork + Second),

        Other(work, "a line that anybody can write").Shown(AtWork).Told(AtWork, null, Method.A3, later: Second),
        Other(work, "a line of sudo's that stands in a text log alone").Shown(AtWork).Told(AtWork, "anna", Method.A2, later: Second, change: act => (act.Source, act.SourceId) = (Source.SudoText, "/var/log/auth.log@77+4096")),
        Other(work, "SUDO_UID= in the environment").Shown(AtWork).Told(AtWork, "anna", Method.A4, later: Second),
        Other(work, "an account that nobody is known to use").Shown(AtWork).Told(AtWork, "stranger", Method.A1, later: Second),
        Other(work, "the mentor does it").Shown(AtWork).Told(AtWork, "maria", Method.A1, later: Second),
        Other(work, "a package's script does it").Shown(AtWork).Told(AtWork, "anna", Method.A1, later: Second, change: act => act.Automation = "inside an apt run"),
        Other(work, "a shared account without a key").Shown(AtWork).Told(AtWork, "lab", Method.A1, later: Second),
        Other(work, "a key that two people have").Shown(AtWork).Told(AtWork, "lab", Method.A1, later: Second, change: act => act.Actor.KeyFingerprint = LabBench.SharedKey),
        Other(work, "an act that failed").Told(AtWork, "anna", Method.A1, change: act => act.Result = Result.Failure).Shown(AtWork + Second),
        Other(work, "an act inside a container").Shown(AtWork).Told(AtWork, "anna", Method.A1, later: Second, change: act => act.Action = AdminAct.Types.Action.Elsewhere),
        Other(work, "reported three hours later, from the spool").Shown(TimeSpan.FromHours(3) + AtWork, read: AtWork).Told(AtWork, "anna", Method.A1, later: TimeSpan.FromHours(3) + Second),

        .. work.IsAct ? [] : OfState(work),
        .. work.Lookalikes.Select(one => Other(work, one.Way).Looks(one)),
    ];

    // An act alone leaves nothing that could change, have changed before, or be taken back.
    private static IEnumerable<Session> OfState(Work work) =>
    [
        Other(work, "the state changes, and no act explains it").Shown(AtWork),
        Other(work, "an act of yesterday").Told(TimeSpan.FromMinutes(1), "anna", Method.A1).Shown(AtWork),
        Other(work, "two people do it").Shown(AtWork).Told(AtWork, "anna", Method.A1, later: Second).Told(AtWork - Second, "ben", Method.A1, later: Second),
        Other(work, "taken back within the hour").Told(AtWork, "anna", Method.A1).Shown(AtWork + Second).Shown(TimeSpan.FromMinutes(60), work.Wrong),
        Other(work, "broken by herself and mended", wasRight: true).Shown(TimeSpan.FromMinutes(12), work.Wrong).Told(AtWork, "anna", Method.A1).Shown(AtWork + Second),
    ];

    private static Session Honest(Work work, string way) => new Session(work, way, Counts: true).Begun(work.Wrong);

    private static Session Other(Work work, string way, bool wasRight = false) => new Session(work, way, Counts: false).Begun(wasRight ? work.Right : work.Wrong);

    // A first look, and a second one shortly before the work: what stood at first is known.
    private Session Begun(Fact first)
    {
        Reports.Add(new Sent(TimeSpan.Zero, TimeSpan.Zero, report => report.Facts.AddRange([.. Work.Besides, first])));
        Reports.Add(new Sent(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), report => report.Unchanged.Add((uint)first.KindCase)));
        return this;
    }

    private Session Shown(TimeSpan at, Fact? fact = null, TimeSpan? read = null)
    {
        Reports.Add(new Sent(at, read ?? at, report => report.Facts.Add(fact ?? Work.Right)));
        return this;
    }

    private Session Looks(Lookalike one)
    {
        Reports.Add(new Sent(AtWork, AtWork, report => report.Facts.AddRange(one.Says)));
        return Told(AtWork, "anna", Method.A1, later: Second, change: act =>
        {
            // The act of the work itself is taken out first: another one was done.
            (act.Action, act.Verb) = (AdminAct.Types.Action.Unspecified, "");
            act.ClearProgram();
            act.Arguments.Clear();
            act.Objects.Clear();
            one.Done(act);
        });
    }

    private Session Told(TimeSpan at, string? account, Method method, TimeSpan? later = null, Action<AdminAct>? change = null, Method? replaces = null)
    {
        var act = Act(at, account, method);
        Work.Done(act);
        change?.Invoke(act);
        if (replaces is { } worse) act.Replaces.Add(Act(at, null, worse).Id);
        Reports.Add(new Sent(at + (later ?? TimeSpan.Zero), at + (later ?? TimeSpan.Zero), report => report.Facts.Add(new Fact { Acts = new Protocol.Acts { Acts_ = { act } } })));
        return this;
    }

    private static AdminAct Act(TimeSpan at, string? account, Method method) => Doing.Act(LabBench.Start + at, account, AdminAct.Types.Action.Unspecified, method: method);
}

/// <summary>A report.</summary>
/// <param name="At">When it is sent, after the machine was first seen.</param>
/// <param name="Read">When what it says was read.</param>
/// <param name="What">What it says.</param>
internal sealed record Sent(TimeSpan At, TimeSpan Read, Action<Report> What);
