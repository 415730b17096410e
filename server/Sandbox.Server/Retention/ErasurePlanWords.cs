using System.Globalization;

namespace Sandbox.Server.Retention;

/// <summary>What an erasure would take, for who is asked whether they mean it.</summary>
internal static class ErasurePlanWords
{
    /// <summary>Its lines.</summary>
    public static string Of(ErasurePlan plan)
    {
        var (person, rows) = (plan.Person, plan.Rows);
        string[] parts =
        [
            Count(rows.Evidence, "piece of evidence", "pieces of evidence"), Count(rows.Decisions, "decision about lines", "decisions about lines"), Count(rows.Records, "record of what they did or learnt", "records of what they did or learnt"),
            Count(rows.Assignments, "assignment", "assignments"), Count(rows.Accounts, "account on machines", "accounts on machines"), Count(rows.Codes, "join code", "join codes"),
        ];
        var lines = new List<string>
        {
            $"{person.Name} ({person.DisplayName}), {person.Programme}, {(person.LeftOn is { } day ? $"left on {LeavingCommands.Day(day)}, kept until {LeavingCommands.Day(person.KeptUntil)}" : "has not left")}{(person.IsDue ? "" : ": before the time is over")}",
            $"  goes: what lies beside {Count(plan.Entries, "entry", "entries")} of the log; {string.Join(", ", parts)}; the name, and the way to sign in",
            "  stays: the leaves of those entries, with an id that names nobody, and one entry that says what was erased and why",
            "  stays: of each badge of theirs that was revoked, that it was, as an id that says nothing to whoever has not got the badge; badges that stand keep standing",
            "  stays: the name where it is part of somebody else's record (why a grade was given, who looked), until that is erased",
        };
        if (plan.Devices.Count > 0) lines.Add($"  stays: {string.Join(", ", plan.Devices)}, out of service, with what {(plan.Devices.Count == 1 ? "it" : "they")} reported, and without the name of an owner");
        return string.Join('\n', lines);
    }

    private static string Count(int count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
