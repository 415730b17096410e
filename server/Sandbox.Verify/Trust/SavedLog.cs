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
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedLog))]
internal sealed partial class SavedLogJson : JsonSerializerContext;
