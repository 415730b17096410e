using Sandbox.Verify.Entries;

namespace Sandbox.Verify.Trust;

/// <summary>Where the log says that one of its keys gave way to another.</summary>
internal sealed class KeyRolls : IEntryCheck
{
    private const string OfTheLog = "log";

    private readonly List<KeyRoll> _all = [];

    /// <summary>All of them, in the order of the log.</summary>
    public IReadOnlyList<KeyRoll> All => _all;

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        if (entry.Body?.KeyRolled is { Key: OfTheLog } rolled) _all.Add(new KeyRoll(entry.Index, rolled.Before, rolled.After));
    }
}

/// <summary>A key of the log gave way to another.</summary>
/// <param name="Index">The entry that says so.</param>
/// <param name="Before">Text form of the key that ended.</param>
/// <param name="After">Text form of the key that followed it.</param>
internal sealed record KeyRoll(long Index, string Before, string After);
