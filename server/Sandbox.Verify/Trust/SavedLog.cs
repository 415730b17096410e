using System.Text.Json.Serialization;

namespace Sandbox.Verify.Trust;

/// <summary>What an auditor's machine remembers of a log.</summary>
internal sealed record SavedLog
{
    /// <summary>The log's name.</summary>
    public required string Origin { get; init; }

    /// <summary>Text form of the key that was confirmed, or to which one that was has handed over.</summary>
    public required string Key { get; init; }

    /// <summary>Text forms of the witnesses' keys that were named.</summary>
    public required IReadOnlyList<string> Witnesses { get; init; }

    /// <summary>Leaves of the last checkpoint, and its root hash.</summary>
    public required long Size { get; init; }

    /// <inheritdoc cref="Size"/>
    public required byte[] Root { get; init; }

    /// <summary>When it was saved, by this machine's clock.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>States that were proved here, the oldest first: a bundle of one of them is as good as it was. Absent in files of former versions.</summary>
    public IReadOnlyList<ProvedState> Proved { get; init; } = [];

    /// <summary>What is remembered when a state was proved: the largest one stays the one that the log must have.</summary>
    public SavedLog With(ProvedState state)
    {
        var proved = Proved.Where(one => one.Size != state.Size).Append(state).OrderBy(one => one.Size).TakeLast(MostProved).ToList();
        return state.Size < Size ? this with { Proved = proved } : this with { Size = state.Size, Root = state.Root, SavedAt = state.At, Proved = proved };
    }

    // More bundles than an auditor gets of one lab.
    private const int MostProved = 1000;
}

/// <summary>A state of a log that was proved.</summary>
/// <param name="Size">Leaves.</param>
/// <param name="Root">Root hash.</param>
/// <param name="At">When, by this machine's clock.</param>
internal sealed record ProvedState(long Size, byte[] Root, DateTimeOffset At);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedLog))]
internal sealed partial class SavedLogJson : JsonSerializerContext;
