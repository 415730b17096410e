using System.Text.Json.Serialization;
using Sandbox.Verify.Entries;
using Sandbox.Verify.SignOffs;
using Sandbox.Verify.Trust;

namespace Sandbox.Verify.Words;

/// <summary>What was verified, and how it came out.</summary>
internal sealed record Report
{
    /// <summary>The file, folder or address.</summary>
    public required string Source { get; init; }

    /// <summary>proved, faults, or unconfirmed-key.</summary>
    public string Outcome => FaultCount > 0 ? "faults" : Key is { IsConfirmed: true } ? "proved" : "unconfirmed-key";

    /// <summary>The program's exit code.</summary>
    [JsonIgnore]
    public int ExitCode => FaultCount > 0 ? ExitCodes.Faults : Key is { IsConfirmed: true } ? ExitCodes.Proved : ExitCodes.UnconfirmedKey;

    /// <summary>The log's name, leaves and root hash. Null: its checkpoint cannot be read.</summary>
    public string? Origin { get; init; }

    /// <inheritdoc cref="Origin"/>
    public long? Size { get; init; }

    /// <inheritdoc cref="Origin"/>
    public byte[]? Root { get; init; }

    /// <summary>By which key the checkpoint is believed. Null: it was not looked at.</summary>
    public KeyTrust? Key { get; init; }

    /// <summary>Which witnesses saw the checkpoint. Empty: none that is known here, so that order is proved and time is not.</summary>
    public IReadOnlyList<Witnessed> Witnesses { get; init; } = [];

    /// <summary>What the bundle shows. Null: there is the log alone, without what its entries say.</summary>
    public Shows? Shows { get; init; }

    /// <summary>The checkpoint of an earlier run of which this log is the continuation. Null: none was saved, or it is none.</summary>
    public Earlier? Continues { get; init; }

    /// <summary>All faults and remarks; of either, so many are listed as a person may read.</summary>
    public required long FaultCount { get; init; }

    /// <inheritdoc cref="FaultCount"/>
    public required long RemarkCount { get; init; }

    /// <summary>What is wrong.</summary>
    public required IReadOnlyList<Finding> Faults { get; init; }

    /// <summary>What cannot be shown, or has to be known to read the rest rightly.</summary>
    public required IReadOnlyList<Finding> Remarks { get; init; }
}

/// <summary>What a bundle shows.</summary>
/// <param name="Scope">What was exported, for people.</param>
/// <param name="ExportedAt">When, by the server's clock. Null: not known.</param>
/// <param name="Disclosed">Entries with what they say.</param>
/// <param name="Erased">Entries of which what they said was erased.</param>
/// <param name="Documents">Documents that are as the log says.</param>
/// <param name="SignedByDevices">Statements of evidence for which a device's signature vouches.</param>
/// <param name="UnsignedByDevices">Statements for which none does, as they say themselves.</param>
/// <param name="Decisions">Decisions about lines of the schedule, in the order of the log.</param>
internal sealed record Shows(
    string Scope, DateTimeOffset? ExportedAt, long Disclosed, long Erased, int Documents, long SignedByDevices, long UnsignedByDevices, IReadOnlyList<Decided> Decisions)
{
    /// <summary>One person's record was exported: of erasures, others may be in the log that are not shown.</summary>
    public bool IsOfOnePerson { get; init; }

    /// <summary>What the log says of erasures, in its order: everybody's, or of one person's record those that are shown.</summary>
    public IReadOnlyList<ErasureAct> Erasures { get; init; } = [];
}

/// <summary>A checkpoint that was saved before.</summary>
/// <param name="Size">Leaves.</param>
/// <param name="SavedAt">When it was saved, by this machine's clock.</param>
internal sealed record Earlier(long Size, DateTimeOffset SavedAt);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
