using Sandbox.Storage.Findings;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Writes verdicts and their transitions.</summary>
internal sealed class FindingRows(sqlite3 db) : IDisposable
{
    private readonly Statement _finding = new(db,
        """
        INSERT INTO Findings (DeviceId, Rule, Subject, Verdict, Severity, Expected, Observed, Reason, Since, LastVerified, ReportId, Policy, LongestGapMs)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        ON CONFLICT (DeviceId, Rule, Subject) DO UPDATE SET
            Verdict = excluded.Verdict, Severity = excluded.Severity, Expected = excluded.Expected, Observed = excluded.Observed,
            Reason = excluded.Reason, Since = excluded.Since, LastVerified = excluded.LastVerified, ReportId = excluded.ReportId,
            Policy = excluded.Policy, LongestGapMs = excluded.LongestGapMs
        """);

    private readonly Statement _verified = new(db, "UPDATE Findings SET LastVerified = ?4, ReportId = ?5, LongestGapMs = ?6 WHERE DeviceId = ?1 AND Rule = ?2 AND Subject = ?3");

    private readonly Statement _gone = new(db, "DELETE FROM Findings WHERE DeviceId = ?1 AND Rule = ?2 AND Subject = ?3");

    private readonly Statement _transition = new(db,
        """
        INSERT INTO Transitions (DeviceId, Rule, Subject, "From", "To", At, Expected, Observed, Reason, ReportId, Policy)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """);

    public void Write(StreamWrites stream)
    {
        foreach (var (rule, subject) in stream.GoneFindings) _gone.Add(stream.Device).Add(rule).Add(subject).Run();
        foreach (var finding in stream.Findings.Values) Write(finding);
        foreach (var (key, finding) in stream.VerifiedFindings)
            if (!stream.Findings.ContainsKey(key)) Verify(finding);
        foreach (var transition in stream.Transitions) Write(transition);
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_finding, _verified, _gone, _transition]) statement.Dispose();
    }

    private void Write(StoredFinding finding) => _finding
        .Add(finding.DeviceId).Add(finding.Rule).Add(finding.Subject).Add((int)finding.Verdict).Add((int)finding.Severity)
        .Add(finding.Expected).Add(finding.Observed).Add(finding.Reason).Add(finding.Since).Add(finding.LastVerified)
        .Add(finding.ReportId).Add(finding.Policy).Add(finding.LongestGapMs).Run();

    private void Verify(StoredFinding finding) =>
        _verified.Add(finding.DeviceId).Add(finding.Rule).Add(finding.Subject).Add(finding.LastVerified).Add(finding.ReportId).Add(finding.LongestGapMs).Run();

    private void Write(FindingTransition transition) => _transition
        .Add(transition.DeviceId).Add(transition.Rule).Add(transition.Subject).Add((long?)transition.From).Add((long?)transition.To)
        .Add(transition.At).Add(transition.Expected).Add(transition.Observed).Add(transition.Reason).Add(transition.ReportId)
        .Add(transition.Policy).Run();
}
