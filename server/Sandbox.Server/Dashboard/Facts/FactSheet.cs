using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>A fact of one kind, laid out for reading.</summary>
public sealed record FactSheet
{
    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The kind as the vocabulary names it: <c>password_policy</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was last found different, by the server's clock. Null: never reported.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When its source was last read, by the server's clock. Null: never.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Single values in groups.</summary>
    public IReadOnlyList<FactGroup> Groups { get; init; } = [];

    /// <summary>Lists of things.</summary>
    public IReadOnlyList<FactTable> Tables { get; init; } = [];

    /// <summary>What the agent could not see, with remedies.</summary>
    public IReadOnlyList<Unseen> Unseen { get; init; } = [];
}

/// <summary>Values that belong together.</summary>
/// <param name="Title">In words. Null: the sheet's own title says it.</param>
/// <param name="Values">The values in reading order.</param>
public sealed record FactGroup(string? Title, IReadOnlyList<FactValue> Values);

/// <summary>One value.</summary>
/// <param name="Path">The field's path in the vocabulary: <c>password_policy.default_max_age_days</c>.</param>
/// <param name="Label">What it is, in words.</param>
/// <param name="Text">The value in words. Null: the device does not say.</param>
/// <param name="Absent">What it means that the device does not say.</param>
public sealed record FactValue(string Path, string Label, string? Text, string Absent)
{
    /// <summary>An instant, when the value is one; the page shows its age. Null: it is something else.</summary>
    public DateTimeOffset? Instant { get; init; }

    /// <summary>Where the list behind a count stands. Null: there is none.</summary>
    public string? Link { get; init; }
}

/// <summary>A list of things of one sort.</summary>
/// <param name="Title">What they are, in words.</param>
/// <param name="Columns">Column headings; the first names the thing.</param>
/// <param name="Rows">The things.</param>
/// <param name="Folded">Whether it is for experts and starts folded, however short it is.</param>
public sealed record FactTable(string Title, IReadOnlyList<string> Columns, IReadOnlyList<FactTableRow> Rows, bool Folded = false);

/// <summary>One thing of a list.</summary>
/// <param name="Path">Path of the thing in the vocabulary: <c>accounts.accounts[root]</c>.</param>
/// <param name="Cells">One value per column; null: the device does not say.</param>
public sealed record FactTableRow(string Path, IReadOnlyList<string?> Cells);
