using Sandbox.Evidence.Crediting;

namespace Sandbox.Evidence.Assignments;

/// <summary>Whether a task is done: a function of what is seen, never of what somebody says.</summary>
public static class AssignmentStates
{
    /// <summary>How long after the window what was done in it may still arrive: it may lie in the spool of a machine.</summary>
    public static TimeSpan Late { get; } = TimeSpan.FromHours(24);

    /// <summary>How it stands.</summary>
    public static AssignmentStanding Of(AssignmentTask task, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.CompletedAt is not null) return AssignmentStanding.Completed;
        if (task.WithdrawnAt is not null) return AssignmentStanding.Withdrawn;
        if (now < task.From) return AssignmentStanding.Planned;
        return now < task.Until + Late ? AssignmentStanding.Open : AssignmentStanding.Missed;
    }

    /// <summary>What must turn true, with what is expected and observed.</summary>
    public static IReadOnlyList<AssignmentCheck> Checks(AssignmentTask task, TaskMaterial seen)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(seen);
        return [task.ByRecord ? Record(task, seen) : Change(task, seen), .. task.Rules.Select(rule => Rule(rule, task.Target, seen))];
    }

    private static AssignmentCheck Change(AssignmentTask task, TaskMaterial seen)
    {
        var found = seen.Changes.Where(one => task.AskedFor(one) && one.State is EvidenceState.Watched or EvidenceState.Held).MaxBy(one => one.HappenedAt);
        var undone = seen.Changes.Where(one => task.AskedFor(one) && one.State == EvidenceState.Undone).MaxBy(one => one.HappenedAt);
        var expected = $"a change that counts for line {task.Line}{(task.Target is { } target ? $", of {target}" : "")}, made within the window and credited to the apprentice";
        if (found is null && seen.FoundAndRepaired) return new AssignmentCheck("change", expected, "the fault that was seeded was found and repaired", true);
        return new AssignmentCheck("change", expected, found is not null ? $"{found.Target}: {found.After}" : undone is not null ? $"{undone.Target}: {undone.After}, and it was taken back" : null, found is not null);
    }

    private static AssignmentCheck Record(AssignmentTask task, TaskMaterial seen)
    {
        var found = seen.Records.Where(one => task.Covers(one.EnteredAt) && IsWithin(task, one.Day)).OrderByDescending(one => one.EnteredAt).Select(one => one.Source).FirstOrDefault();
        return new AssignmentCheck("record", $"a record of what was done within the window, entered for line {task.Line} by its end", found, found is not null);
    }

    // Where the apprentice is, it may be another day.
    private static bool IsWithin(AssignmentTask task, DateOnly day) => day >= DateOnly.FromDateTime(task.From.UtcDateTime).AddDays(-1) && day <= DateOnly.FromDateTime(task.Until.UtcDateTime).AddDays(1);

    // Of a rule that is asked of each account, the one that the task is about; else all.
    private static AssignmentCheck Rule(string rule, string? target, TaskMaterial seen)
    {
        var of = seen.Findings.Where(one => one.Rule == rule).ToList();
        if (target is not null && of.Exists(one => one.Subject == target)) of = [.. of.Where(one => one.Subject == target)];
        // Whom it does not concern or who is exempt keeps nobody from being done.
        of = [.. of.Where(one => one.Verdict is not (Verdict.NotApplicable or Verdict.Exempt))];
        if (of.Count == 0) return new AssignmentCheck(rule, "passes on the device", null, false);
        var worst = of.FirstOrDefault(one => one.Verdict != Verdict.Pass) ?? of[0];
        return new AssignmentCheck(rule, worst.Expected, worst.Observed ?? worst.Reason, of.TrueForAll(one => one.Verdict == Verdict.Pass));
    }
}
