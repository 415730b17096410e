using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>The verdicts on one device; writes only what differs from them.</summary>
internal sealed class PresentFindings(DeviceId device, IEnumerable<StoredFinding> stored, Policy policy)
{
    private readonly Dictionary<FindingKey, StoredFinding> _present = stored.ToDictionary(row => new FindingKey(row.Rule, row.Subject));

    /// <summary>Takes the verdicts of a new judgement.</summary>
    /// <param name="findings">One per rule and subject.</param>
    /// <param name="reportId">The report whose facts were judged. Null: nothing but time passed.</param>
    /// <param name="writes">Gets rows and transitions.</param>
    /// <param name="now">The server's clock.</param>
    public void Become(IReadOnlyList<Finding> findings, long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        foreach (var finding in findings)
        {
            var key = new FindingKey(finding.Rule, finding.Subject);
            if (_present.TryGetValue(key, out var row))
            {
                Update(key, row, finding, reportId, writes, now);
            }
            else
            {
                Add(key, finding, reportId, writes, now);
            }
        }
        if (_present.Count > findings.Count) Forget(findings, reportId, writes, now);
    }

    /// <summary>Nothing can be said any more: every verdict becomes <see cref="Verdict.Error"/>, also those that were never made.</summary>
    public void Fail(string reason, long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        var findings = _present.Count == 0 ? policy.Judge(new DeviceFacts(), now).Findings : _present.Values.Select(Said);
        Become([.. findings.Select(x => x with { Verdict = Verdict.Error, Observed = null, Reason = reason })], reportId, writes, now);
    }

    private static Finding Said(StoredFinding row) => new()
    {
        Rule = row.Rule,
        Subject = row.Subject,
        Verdict = row.Verdict,
        Expected = row.Expected,
        Severity = row.Severity,
        ReportId = row.ReportId,
        LastVerified = row.LastVerified,
    };

    private void Update(FindingKey key, StoredFinding row, Finding finding, long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        var before = row.Verdict;
        var told = before != finding.Verdict || row.Observed != finding.Observed || row.Expected != finding.Expected
            || row.Reason != finding.Reason || row.Severity != finding.Severity || row.Policy != policy.Name;
        if (!told && row.LastVerified == finding.LastVerified && row.ReportId == finding.ReportId) return;

        Fill(row, finding);
        if (told) writes.Findings[key] = row;
        else writes.VerifiedFindings[key] = row;
        writes.Changed |= told;
        if (before == finding.Verdict)
        {
            row.LongestGapMs = Longest(row, finding, now);
            return;
        }
        (row.Since, row.LongestGapMs) = (now, 0);
        writes.Transitions.Add(Transition(row, before, finding.Verdict, reportId, now));
    }

    private void Add(FindingKey key, Finding finding, long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        var row = new StoredFinding
        {
            DeviceId = device,
            Rule = finding.Rule,
            Subject = finding.Subject,
            Since = now,
            LongestGapMs = 0,
            Expected = finding.Expected,
            Policy = policy.Name,
        };
        Fill(row, finding);
        _present.Add(key, row);
        writes.Findings[key] = row;
        writes.Transitions.Add(Transition(row, null, finding.Verdict, reportId, now));
        writes.Changed = true;
    }

    private void Forget(IReadOnlyList<Finding> findings, long? reportId, StreamWrites writes, DateTimeOffset now)
    {
        var kept = findings.Select(finding => new FindingKey(finding.Rule, finding.Subject)).ToHashSet();
        foreach (var (key, row) in _present.Where(pair => !kept.Contains(pair.Key)).ToList())
        {
            _present.Remove(key);
            writes.Findings.Remove(key);
            writes.VerifiedFindings.Remove(key);
            writes.GoneFindings.Add(key);
            writes.Transitions.Add(Transition(row, row.Verdict, null, reportId, now));
            writes.Changed = true;
        }
    }

    // No longer than the verdict stands: a source that was read before time alone changed it, or by a clock that was wrong. What is not known stays so.
    private static long? Longest(StoredFinding row, Finding finding, DateTimeOffset now) =>
        row.LongestGapMs is { } known ? Math.Max(known, (long)Math.Min(finding.Unseen.TotalMilliseconds, (now - row.Since).TotalMilliseconds)) : null;

    private void Fill(StoredFinding row, Finding finding)
    {
        (row.Verdict, row.Severity, row.Policy) = (finding.Verdict, finding.Severity, policy.Name);
        (row.Expected, row.Observed, row.Reason) = (finding.Expected, finding.Observed, finding.Reason);
        (row.LastVerified, row.ReportId) = (finding.LastVerified, finding.ReportId);
    }

    private FindingTransition Transition(StoredFinding row, Verdict? from, Verdict? to, long? reportId, DateTimeOffset now) => new()
    {
        DeviceId = device,
        Rule = row.Rule,
        Subject = row.Subject,
        From = from,
        To = to,
        At = now,
        Expected = row.Expected,
        Observed = row.Observed,
        Reason = row.Reason,
        ReportId = reportId,
        Policy = row.Policy,
    };
}
