using Sandbox.Ledger;
using Sandbox.Server.Export;
using Sandbox.Server.People;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>Which entries a program asked for.</summary>
/// <param name="Scope">Whose, of which lines and time.</param>
/// <param name="Kind">Of one kind. Null: of every kind.</param>
/// <param name="After">After this index. Null: from the first on.</param>
/// <param name="Limit">At the most. Null: all there are.</param>
/// <param name="Follow">Whether it goes on with what is logged from now on.</param>
internal sealed record EntryFilter(ExportScope Scope, EntryKind? Kind, long? After, long? Limit, bool Follow)
{
    /// <summary>The same for what this person may see: who does not see everything sees the entries about themselves, whoever was asked for.</summary>
    public EntryFilter For(Viewer viewer) => viewer.SeesEverything ? this : this with { Scope = Scope with { Person = viewer.PersonId, IsOwn = true } };

    /// <summary>Whether an entry may be shown by it: rights may have become fewer since it was read.</summary>
    public bool Holds(LoggedEntry entry) => Scope.Person is null || entry.PersonId == Scope.Person;

    /// <summary>A kind as leaves spell it. Null: none was asked for.</summary>
    /// <exception cref="SetupException">There is no such kind.</exception>
    public static EntryKind? KindOf(string? word)
    {
        if (string.IsNullOrEmpty(word)) return null;
        var kinds = Enum.GetValues<EntryKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());
        return kinds.TryGetValue(word, out var kind) ? kind : throw new SetupException($"There is no kind '{word}' of entries: give one of {string.Join(", ", kinds.Keys)}.");
    }
}
