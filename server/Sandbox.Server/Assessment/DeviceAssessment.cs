using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>
/// What a device says of itself and what the policy makes of it, in memory where its stream ends. It runs one step ahead of the store until
/// the batch is committed; when that fails it is thrown away and read again.
/// </summary>
internal sealed class DeviceAssessment
{
    private static readonly HashSet<Fact.KindOneofCase> Nothing = [];

    private readonly DeviceId _device;
    private readonly DeviceRecord _record;
    private readonly Surroundings _around;
    private readonly Policy _policy;
    private readonly KnownFacts _known;
    private readonly PresentFindings _findings;
    private readonly PresentEvidence _evidence;
    private readonly Statements _statements;
    private readonly HardwareBook _hardware;
    private readonly ActBook _acts;
    private readonly OthersBook _others;
    private readonly TimeSpan _silentAfter;
    private readonly SeededNow _seeded;
    private readonly JudgePlan _plan;
    private (string? Boot, DateTimeOffset Since, DateTimeOffset Next) _restart;
    private bool _isTold;
    private bool _due;
    private bool _wasSilent;
    private IReadOnlyList<Seeded>? _creditedWith;

    /// <summary>Goes on where the store is.</summary>
    /// <param name="device">The device.</param>
    /// <param name="record">Where the store is.</param>
    /// <param name="present">Verdicts and instants that outlive a fault.</param>
    /// <param name="around">What it needs beside the device.</param>
    public DeviceAssessment(DeviceId device, DeviceRecord record, (PresentFindings Findings, JudgePlan Plan) present, Surroundings around)
    {
        ((_findings, _plan), _device, _record, _around, _policy, _silentAfter) = (present, device, record, around, around.Policy, around.SilentAfter);
        _seeded = around.Seeded;
        _hardware = new HardwareBook(device, record, around);
        _acts = new ActBook(device, around.Store);
        _others = new OthersBook(device, around.Store);
        _known = new KnownFacts(device, record.Facts, around.Policy);
        _known.Facts.HeardAt = record.LastSeenAt;
        _evidence = new PresentEvidence(device, record);
        _statements = new Statements(device, record.PreviousPublicKey is { } before ? [record.PublicKey, before] : [record.PublicKey], _evidence.NotLogged, around.Store);
    }

    /// <summary>Takes in what one report says. A change is judged at once, so that no verdict between two reports of a batch is lost.</summary>
    public void Take(TakenReport report, StreamWrites writes, DateTimeOffset now)
    {
        try
        {
            TakeIn(report, writes, now);
        }
        finally
        {
            // Whatever it says, the chain to the device's next signature leads through it.
            _statements.Heard(report.Row);
        }
    }

    /// <summary>Judges what was only verified since, once for all reports of a batch, and ends the batch's part.</summary>
    public void Finish(StreamWrites writes, DateTimeOffset now)
    {
        _known.Write(writes);
        if (_due) Judge(null, writes, now);
        if (_record.OwnerIsApprentice) _known.First.Write(writes);
        _statements.Finish(writes, now);
    }

    /// <summary>Judges because of time alone: no report came.</summary>
    public void JudgeAgain(StreamWrites writes, DateTimeOffset now)
    {
        _plan.Asked();
        Hear(writes, now);
        Judge(null, writes, now);
        Credit(Nothing, null, writes, now);
        _statements.Finish(writes, now);
    }

    private void TakeIn(TakenReport report, StreamWrites writes, DateTimeOffset now)
    {
        _known.Facts.HeardAt = now;
        if (!_isTold) Hear(writes, now);
        // Who is judged for the first time is due in any case.
        _due |= !(_plan.Next > now);
        var changed = Nothing;
        foreach (var fact in report.Content.Facts)
            if (Noted(_known.Take(fact, report.Row, writes), fact.KindCase)) changed = [.. changed, fact.KindCase];
        foreach (var kind in report.Content.Unchanged) Noted(_known.Verify((int)kind, report.Row, writes), (Fact.KindOneofCase)kind);
        if (_wasSilent || changed.Overlaps(_policy.Reads)) Judge(report, writes, now);
        Credit(changed, report, writes, now);
    }

    // Verdicts say when they were last verified, so what was verified anew is judged anew; whether it changed.
    private bool Noted(Said said, Fact.KindOneofCase kind)
    {
        _due |= said != Said.TheSameAMomentAgo && _policy.Reads.Contains(kind);
        return said == Said.Another;
    }

    // People's word changes now and then, and then they ask for the judgement.
    private void Hear(StreamWrites writes, DateTimeOffset now)
    {
        _plan.Told(now);
        var (before, word) = (_known.Facts.About, _around.Store.About(_device));
        // What nobody judged differently is told to open pages all the same.
        writes.Changed |= _isTold && !word.SaysTheSameAs(before);
        (_known.Facts.About, _isTold) = (word, true);
    }

    private void Judge(TakenReport? report, StreamWrites writes, DateTimeOffset now)
    {
        _due = false;
        var judgement = _policy.Judge(_known.Facts, now, _silentAfter);
        _wasSilent = _known.Facts.HeardAt + _silentAfter <= now;
        _plan.Judged(judgement.NextInstant, writes, now);
        var told = writes.Transitions.Count;
        _findings.Become(judgement.Findings, report?.Row.Id, writes, now);
        _known.Facts.Judged();
        foreach (var transition in writes.Transitions.Skip(told)) writes.Entries.Add(VerdictEntry.Of(transition, report));
    }

    private void Credit(HashSet<Fact.KindOneofCase> changed, TakenReport? report, StreamWrites writes, DateTimeOffset now)
    {
        var acts = ActBook.In(report);
        // Once in any case: what an older build noted of the hardware may be less than its facts say. And when it is heard what became of a seeded fault.
        var seeded = _seeded.Of(_device);
        if (ReferenceEquals(_creditedWith, seeded) && report is not null && acts.Count == 0 && !changed.Overlaps(Crediting.Reads) && !changed.Overlaps(_policy.Reads) && !IsLookDue(report, now)) return;
        _creditedWith = seeded;
        var items = Crediting.Judge(Case(changed, acts, seeded, _hardware.Others(_known.Facts, writes)), now, Guid.NewGuid);
        Become(items, report, writes);
        Attribute(report is null ? WhoDidIt.OpenToHolders(_evidence.Items, now) : [.. WhoDidIt.OpenTo(_evidence.Items, acts, now), .. WhoDidIt.Graded(items)], report, writes, now);
        var seen = _others.Ask(_evidence.Items, _known.Facts, now);
        Become(seen, report, writes);
        Attribute(seen, report, writes, now);
    }

    private void Attribute(IReadOnlyList<EvidenceItem> open, TakenReport? report, StreamWrites writes, DateTimeOffset now) =>
        Become(_acts.Attribute([.. open.DistinctBy(item => item.Id)], writes, now), report, writes);

    // Only what verifies something can show that a change is still there.
    private bool IsLookDue(TakenReport report, DateTimeOffset now) => report.Content is { Facts.Count: > 0 } or { Unchanged.Count: > 0 }
        && (_evidence.NextLook <= now || _others.IsDue(_evidence.OthersWantedUntil, now) || IsRestartDue(now));

    // What cannot be read after a restart is asked for less and less often.
    private bool IsRestartDue(DateTimeOffset now)
    {
        var boot = Crediting.BootOf(_known.Facts);
        if (boot != _restart.Boot) _restart = (boot, now, now);
        if (!(_evidence.RestartWantedUntil(boot) > now) || now < _restart.Next) return false;
        _restart.Next = now + ((now - _restart.Since) / 2);
        return true;
    }

    private void Become(IReadOnlyList<EvidenceItem> items, TakenReport? report, StreamWrites writes)
    {
        foreach (var row in _evidence.Become(items, report?.Row.Id, writes)) _statements.Expect(row);
    }

    private DeviceCase Case(HashSet<Fact.KindOneofCase> changed, IReadOnlyList<SeenAct> acts, IReadOnlyList<Seeded> seeded, IReadOnlyList<SameMachine> others) => new()
    {
        Policy = _policy.For(_known.Facts),
        Facts = _known.Facts,
        Baseline = _known.First.Facts,
        Changed = changed,
        Acts = acts,
        OwnerIsApprentice = _record.OwnerIsApprentice,
        EnrolledAt = _record.EnrolledAt,
        ClockOffset = _record.ClockOffset ?? TimeSpan.Zero,
        Others = others,
        Seeded = seeded,
        Evidence = _evidence.Items,
    };
}
