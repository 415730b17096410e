using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Log;
using Sandbox.Storage.Telemetry;

namespace Sandbox.EndToEnd.Endurance;

/// <summary>
/// Whether the evidence log says what the tables say: each leaf commits to the bytes beside it, and each transition, each state of a piece of
/// evidence, each device and the policy stand in it exactly once. Reports are cited by hashes that are computed anew.
/// </summary>
internal sealed class Stated
{
    private readonly StoredLab _lab;
    private readonly Dictionary<long, ReportCitation> _citations;
    private readonly Dictionary<LoggedEntry, LogBody> _bodies;

    private Stated(StoredLab lab)
    {
        _lab = lab;
        _citations = lab.Reports.ToDictionary(row => row.Id, Cite);
        _bodies = lab.Entries.Where(entry => entry.Body is not null).ToDictionary(entry => entry, entry => LogBody.Parser.ParseFrom(entry.Body));
    }

    /// <summary>What does not hold, in words.</summary>
    public static IEnumerable<string> Faults(StoredLab lab)
    {
        var stated = new Stated(lab);
        return lab.Entries.SelectMany(stated.Leaf)
            .Concat(lab.Devices.SelectMany(device => stated.Transitions(device.Id).Select(fault => $"{device.Name}: {fault}")))
            .Concat(lab.Evidence.SelectMany(stated.Evidence))
            .Concat(stated.Others());
    }

    // The leaf alone is in the tree: what it says must be what the row says, and its commitment that to the bytes beside it.
    private IEnumerable<string> Leaf(LoggedEntry entry)
    {
        var leaf = LogEntry.Parse(entry.Leaf);
        var row = new LogEntry(entry.Kind, entry.At, entry.DeviceId?.ToBytes(), entry.PersonId?.ToByteArray(bigEndian: true), entry.SubjectId?.ToByteArray(bigEndian: true), leaf.Commitment);
        if (!row.ToBytes().AsSpan().SequenceEqual(entry.Leaf)) yield return $"the leaf of entry {entry.Id} says something else than its row";
        if (entry.Salt is null || entry.Body is null) yield return $"the bytes beside entry {entry.Id} are gone";
        else if (!LogEntry.Commit(entry.Salt, entry.Body).AsSpan().SequenceEqual(leaf.Commitment)) yield return $"the leaf of entry {entry.Id} commits to other bytes than those beside it";
        if (_bodies.TryGetValue(entry, out var body) && KindOf(body) != entry.Kind) yield return $"entry {entry.Id} is listed as {entry.Kind}, but speaks of {body.ContentCase}";
    }

    // Both in the order in which they were written: the first difference names what is missing or there twice.
    private IEnumerable<string> Transitions(DeviceId device)
    {
        var happened = _lab.Transitions.Where(x => x.DeviceId == device).Select(x => (x.At, Said: Said(x))).ToList();
        var entries = _lab.Entries.Where(x => x.Kind == EntryKind.Transition && x.DeviceId == device).Select(x => (x.At, Said: _bodies[x].VerdictChanged)).ToList();
        if (happened.Count != entries.Count) yield return $"{happened.Count} transitions happened, the log states {entries.Count}";
        for (var i = 0; i < Math.Min(happened.Count, entries.Count); i++)
        {
            if (happened[i].Equals(entries[i])) continue;
            yield return $"transition {i} was {happened[i]}, the log states {entries[i]}";
            yield break;
        }
    }

    private IEnumerable<string> Evidence(StoredEvidence row)
    {
        var said = _lab.Entries.Where(x => x.Kind == EntryKind.Evidence && x.SubjectId == row.Id).Select(x => (Entry: x, _bodies[x].Evidence)).ToList();
        StoredEvidence[] states = row.State == EvidenceState.Watched ? [row] : [row.AsNoted(), row];
        if (!said.Select(x => x.Evidence.State).SequenceEqual(states.Select(x => Name(x.State))))
        {
            yield return $"{row.Act} of {row.Target} is {row.State}, the log states: {string.Join(", ", said.Select(x => x.Evidence.State))}";
            yield break;
        }

        foreach (var ((entry, statement), state) in said.Zip(states))
        {
            if (!Unvouched(statement).Equals(Said(state))) yield return $"the log states {Unvouched(statement)}, but it is {Said(state)}";
            if (entry.DeviceId != row.DeviceId || entry.PersonId != row.PersonId) yield return $"entry {entry.Id} is of another device or person than its evidence";
            if (statement.Chain is null == !statement.HasChainMissing) yield return $"{row.Act} of {row.Target}, {Name(state.State)}: neither or both of a chain and why there is none";
            if (statement.Chain is { } chain && ChainProof.Fault(statement.SettlingReport ?? statement.Report, chain) is { } fault) yield return $"{row.Act} of {row.Target}, {Name(state.State)}: {fault}";
        }
    }

    // No statement on what is not there; no start of a server and no enrolment that stands twice.
    private IEnumerable<string> Others()
    {
        foreach (var entry in _lab.Entries.Where(x => x.Kind == EntryKind.Evidence && !_lab.Evidence.Any(row => row.Id == x.SubjectId))) yield return $"entry {entry.Id} states evidence that is not stored";
        foreach (var twice in _lab.Entries.Where(x => x.Kind == EntryKind.Policy).GroupBy(x => _bodies[x].PolicyInForce.Policy).Where(x => x.Count() != 1)) yield return $"the policy {twice.Key} came into force {twice.Count()} times";
        foreach (var device in _lab.Devices.Where(device => !_lab.Entries.Any(x => x.Kind == EntryKind.Enrolment && x.DeviceId == device.Id))) yield return $"the log does not know that {device.Name} was enrolled";
        foreach (var twice in _lab.Entries.Where(x => x.Kind == EntryKind.Enrolment).GroupBy(x => _bodies[x].DeviceEnrolled.PublicKey).Where(x => x.Count() != 1)) yield return $"one key was enrolled {twice.Count()} times";
    }

    private VerdictChanged Said(FindingTransition transition)
    {
        var said = new VerdictChanged
        {
            DeviceId = ByteString.CopyFrom(transition.DeviceId.ToBytes()), Rule = transition.Rule, Subject = transition.Subject,
            Expected = transition.Expected, Policy = transition.Policy, Report = transition.ReportId is { } id ? _citations[id] : null,
        };
        if (transition.From is { } from) said.Before = Name(from);
        if (transition.To is { } to) said.After = Name(to);
        if (transition.Observed is { } observed) said.Observed = observed;
        if (transition.Reason is { } reason) said.Reason = reason;
        return said;
    }

    private EvidenceStatement Said(StoredEvidence row)
    {
        var said = new EvidenceStatement
        {
            EvidenceId = ByteString.CopyFrom(row.Id.ToByteArray(bigEndian: true)), Line = row.Line, Act = row.Act, Target = row.Target, State = Name(row.State),
            Grade = row.Grade.ToString(), GradeReason = row.GradeReason, PersonId = ByteString.CopyFrom(row.PersonId.ToByteArray(bigEndian: true)),
            DeviceId = ByteString.CopyFrom(row.DeviceId.ToBytes()), After = row.After,
            ChangedAt = row.ChangedAt.ToTimestamp(), NotedAt = row.NotedAt.ToTimestamp(),
            Report = _citations[row.ReportId], BeforeReport = row.BeforeReportId is { } before ? _citations[before] : null,
            SettlingReport = row.SettlingReportId is { } settling ? _citations[settling] : null,
        };
        if (row.Before is { } was) said.Before = was;
        if (row.Reason is { } reason) said.Reason = reason;
        return said;
    }

    // Without what vouches for it, and with times as the store keeps them: in whole microseconds.
    private static EvidenceStatement Unvouched(EvidenceStatement statement)
    {
        var said = statement.Clone();
        said.Chain = null;
        said.ClearChainMissing();
        foreach (var time in new[] { said.ChangedAt, said.NotedAt }) time.Nanos -= time.Nanos % 1000;
        return said;
    }

    private static ReportCitation Cite(StoredReport row) => new()
    {
        DeviceId = ByteString.CopyFrom(row.DeviceId.ToBytes()), Epoch = ByteString.CopyFrom(row.Epoch), Sequence = (ulong)row.Sequence,
        Hash = ByteString.CopyFrom(ReportHash.Of(row.DeviceId, row.Bytes)),
    };

    private static EntryKind KindOf(LogBody body) => body.ContentCase switch
    {
        LogBody.ContentOneofCase.DeviceEnrolled => EntryKind.Enrolment,
        LogBody.ContentOneofCase.TurnedAway or LogBody.ContentOneofCase.RefusalsLeftOut => EntryKind.Refusal,
        LogBody.ContentOneofCase.DeviceEnded => EntryKind.Revocation,
        LogBody.ContentOneofCase.DeviceQuarantined => EntryKind.Quarantine,
        LogBody.ContentOneofCase.PolicyInForce => EntryKind.Policy,
        LogBody.ContentOneofCase.VerdictChanged => EntryKind.Transition,
        LogBody.ContentOneofCase.Evidence => EntryKind.Evidence,
        LogBody.ContentOneofCase.KeyRolled => EntryKind.Key,
        LogBody.ContentOneofCase.RoleGiven => EntryKind.Role,
        LogBody.ContentOneofCase.LinkSaid => EntryKind.Link,
        LogBody.ContentOneofCase.StoodSince => EntryKind.Daily,
        LogBody.ContentOneofCase.BodyErased => EntryKind.Erasure,
        LogBody.ContentOneofCase.ProgrammeSaid => EntryKind.Programme,
        LogBody.ContentOneofCase.RetentionSaid => EntryKind.Retention,
        _ => 0,
    };

    private static string Name<T>(T value)
        where T : struct, System.Enum => value.ToString().ToLowerInvariant();
}
