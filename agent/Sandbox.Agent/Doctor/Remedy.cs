namespace Sandbox.Agent.Doctor;

/// <summary>Something to do, once, however many things it helps.</summary>
/// <param name="About">What it helps: a path, or an interface of the system.</param>
/// <param name="Text">What to type, or to do.</param>
internal sealed record Remedy(string About, string Text)
{
    /// <summary>Those of all things. One that stands in another one's words is not said again.</summary>
    public static IReadOnlyList<Remedy> Of(IEnumerable<(string What, string? Text)> things)
    {
        var all = things.Where(one => one.Text is not null).GroupBy(one => one.Text!, one => one.What).Select(same => new Remedy(Words([.. same.Distinct()]), same.Key)).ToList();
        return all.FindAll(one => !all.Exists(other => other != one && other.Text.Contains(one.Text, StringComparison.Ordinal)));
    }

    private static string Words(IReadOnlyList<string> things) => things.Count switch
    {
        1 => things[0],
        2 => $"{things[0]} and {things[1]}",
        _ => $"{things[0]} and {things.Count - 1} more",
    };
}
