using Sandbox.Server.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>The columns that a mentor chose in the queue, each with what they saw of it.</summary>
internal static class SignManyForm
{
    /// <summary>Most columns at once.</summary>
    public const int Most = 200;

    /// <summary>What the box of a column carries.</summary>
    public static string Value(WaitingColumn row) => $"{row.PersonId} {row.Line.Id} {LineWords.Id(row.Column)} {row.Basis.Digest()}";

    /// <summary>What was chosen.</summary>
    /// <exception cref="SetupException">Nothing, too much, or it is none of these boxes.</exception>
    public static IReadOnlyList<(LineAddress At, string Seen)> Read(IFormCollection form)
    {
        var chosen = form["column"].OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (chosen.Count == 0) throw new SetupException("Choose at least one line to sign.");
        if (chosen.Count > Most) throw new SetupException($"These are {chosen.Count} at once; {Most} is the most.");
        return chosen.ConvertAll(value => value.Split(' ') is [var person, var line, var column, var seen] && Guid.TryParse(person, out var id) && LineWords.Column(column) is { } which
            ? (new LineAddress(id, line, which), seen)
            : throw new SetupException("Choose the lines from the list."));
    }
}

/// <summary>What became of signing several columns at once.</summary>
/// <param name="Count">How many were signed.</param>
/// <param name="LeftOut">Those that were not, with why.</param>
public sealed record SignedMany(int Count, IReadOnlyList<(string What, string Why)> LeftOut);
