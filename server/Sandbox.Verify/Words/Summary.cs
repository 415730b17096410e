using System.Globalization;

namespace Sandbox.Verify.Words;

/// <summary>A report in words for somebody who is no programmer.</summary>
internal static class Summary
{
    // More than a person reads on a screen; --json has them all.
    private const int MostListed = 50;

    /// <summary>All of it, fit for a terminal.</summary>
    public static string OnScreen(Report report) => string.Join(Environment.NewLine, Of(report).Select(TerminalText.Of));

    /// <summary>Its lines, with what the log says as it says it.</summary>
    public static IEnumerable<string> Of(Report report)
    {
        if (report.Origin is not null)
        {
            foreach (var line in Log(report)) yield return line;
        }
        if (report.Shows is { } shows)
        {
            foreach (var line in Bundle(shows)) yield return line;
        }
        foreach (var line in Listed("To be known:", report.Remarks, report.RemarkCount)) yield return line;
        foreach (var line in Listed("FAULTS:", report.Faults, report.FaultCount)) yield return line;
        foreach (var line in Outcome(report)) yield return line;
    }

    private static IEnumerable<string> Log(Report report)
    {
        yield return $"{report.Source}: the evidence log {report.Origin} with {Count(report.Size ?? 0, "entry", "entries")}";
        yield return "";
        yield return $"The log's key: {report.Key?.Key ?? "not known"}";
        yield return $"  {report.Key?.Words}.";
        if (report.Continues is { } earlier) yield return $"The log is the continuation of what this machine saw on {earlier.SavedAt:u}: its first {Count(earlier.Size, "entry is", "entries are")} the same.";
        foreach (var witness in report.Witnesses) yield return $"The witness {witness.Key} saw it by {witness.At:u}, by its own clock: everything in it is at least that old.";
        if (report.Witnesses.Count == 0) yield return "No witness whose key was given has seen this. Without a witness order is proved and time is not: the times below are what the server says.";
    }

    private static IEnumerable<string> Bundle(Shows shows)
    {
        yield return "";
        yield return $"The bundle shows {shows.Scope}.";
        if (shows.ExportedAt is { } at) yield return $"It was made on {at:u}; the log has an entry about it that names every document in it.";
        yield return $"  {Count(shows.Documents, "document is", "documents are")} as when it was made.";
        yield return $"  {Count(shows.Disclosed, "entry is", "entries are")} shown with what the log committed to; of {shows.Erased.ToString("N0", CultureInfo.InvariantCulture)} more it was erased since.";
        yield return $"  {Count(shows.SignedByDevices, "statement", "statements")} of evidence rest on what a device signed itself; on its connection alone: {shows.UnsignedByDevices.ToString("N0", CultureInfo.InvariantCulture)}.";
        foreach (var line in ErasureWords.Of(shows)) yield return line;
        if (shows.Decisions.Count == 0) yield break;
        yield return "";
        yield return "Who decided about which line, in the order of the log:";
        foreach (var one in shows.Decisions)
        {
            yield return $"  {one.At:yyyy-MM-dd HH:mm}Z  {one.Line} {one.Column.ToUpperInvariant()} of {one.Person}: {one.Decision} by {one.By} ({one.Role}), entry {one.Index}";
            yield return $"      {one.Wording}{(one.Words is null ? "" : $" - \"{one.Words}\"")}";
            yield return $"      {one.VouchedBy}";
        }
    }

    private static IEnumerable<string> Listed(string title, IReadOnlyList<Finding> all, long count)
    {
        if (count == 0) yield break;
        yield return "";
        yield return title;
        foreach (var one in all.Take(MostListed)) yield return $"  {one.Where}: {one.What}";
        if (count > MostListed) yield return $"  ... and {(count - MostListed).ToString("N0", CultureInfo.InvariantCulture)} more; --json lists up to {Findings.Most}.";
    }

    /// <summary>How it came out.</summary>
    public static IEnumerable<string> Outcome(Report report)
    {
        yield return "";
        if (report.FaultCount > 0) yield return $"NOT PROVED: {Count(report.FaultCount, "fault was", "faults were")} found. Do not rely on this; keep it, and ask the lab.";
        else if (report.Key is { IsConfirmed: true }) yield return report.Shows is null
            ? "PROVED: the tree is whole, and nothing in it was altered, removed or put into another order since it was signed."
            : "PROVED: nothing shown here was altered, removed or put into another order since it was signed, and nothing that belongs to it is left out unless it says so above.";
        else if (report.Key?.Key is { } key)
        {
            yield return $"CONSISTENT, but by a key you have not confirmed: {key}";
            yield return $"Compare it with the one that the lab gave you on paper, letter by letter; only if they are the same, type: sandbox-verify {report.Source} --key {key}";
        }
        else yield return "CONSISTENT, but nobody has confirmed a key of this log, so its signature was not checked. Take the key from the paper that the lab gave you, and type: "
            + $"sandbox-verify {report.Source} --key KEY";
    }

    private static string Count(long count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
