namespace Sandbox.Ledger;

/// <summary>Kinds of entries that say what is no one person's. An erasure takes what lies beside a person's entries and never beside these, whomever their leaf names.</summary>
public static class NobodysKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<EntryKind> All { get; } = [EntryKind.Erasure, EntryKind.Key, EntryKind.Policy, EntryKind.Programme];

    /// <summary>Why an entry without salt and body cannot have been erased, for people. Null: it can.</summary>
    /// <param name="leaf">Its leaf.</param>
    public static string? NeverErased(LogEntry leaf)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        if (All.Contains(leaf.Kind)) return $"an entry of the kind '{leaf.Kind.ToString().ToLowerInvariant()}', of which nothing is ever erased";
        return leaf.Person is null ? "its leaf names nobody, and an erasure takes what is one person's" : null;
    }
}
