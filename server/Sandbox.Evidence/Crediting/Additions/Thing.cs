namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>Something that a device has, and that is as it should be to count.</summary>
/// <param name="Name">Its name, by which acts and later reports speak of it.</param>
/// <param name="After">What it is now, for people, behind the word "was": <c>installed, version 7.93</c>.</param>
internal sealed record Thing(string Name, string After)
{
    private const string Between = " (";

    /// <summary>What lies behind the name, which counts once whatever names it is given (guard G3): a printer's address, a folder. Null: the name is all.</summary>
    public string? Object { get; init; }

    /// <summary>What else is to be said of the grade. Null: nothing.</summary>
    public string? Reservation { get; init; }

    /// <summary><see cref="EvidenceItem.Target"/>: <c>printer office (ipp://printer.lab/ipp/print)</c>.</summary>
    public string Target(string sort) => $"{sort} {Name}{Behind(Object)}";

    /// <summary>The name in a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="sort">Its first word or words.</param>
    /// <param name="hasObject">Whether something stands behind the name.</param>
    public static string NameIn(string target, string sort, bool hasObject)
    {
        var end = hasObject ? target.LastIndexOf(Between, StringComparison.Ordinal) : -1;
        return target[(sort.Length + 1)..(end < 0 ? target.Length : end)];
    }

    /// <summary>Whether a target is about the same, under whatever name.</summary>
    public bool IsBehind(string target) => Object is not null && target.EndsWith(Behind(Object), StringComparison.Ordinal);

    private static string Behind(string? what) => what is null ? "" : $"{Between}{what.Replace(Between, "(", StringComparison.Ordinal)})";
}
