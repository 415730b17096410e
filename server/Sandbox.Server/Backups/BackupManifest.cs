using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Ledger;

namespace Sandbox.Server.Backups;

/// <summary>What a backup says of itself, in <c>manifest.json</c>.</summary>
internal sealed record BackupManifest
{
    /// <summary>Its name in the backup.</summary>
    public const string Name = "manifest.json";

    /// <summary>The form that this program writes and reads.</summary>
    public const int PresentFormat = 1;

    /// <summary>The version of this program.</summary>
    public static string ThisProgram => typeof(BackupManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>The form of the file.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the program that made it.</summary>
    public required string Program { get; init; }

    /// <summary>When it was begun, by that machine's clock.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The store that was copied, as <c>--store</c> names it.</summary>
    public required string Store { get; init; }

    /// <summary>The last migration of its schema.</summary>
    public required string Schema { get; init; }

    /// <summary>Entries of the evidence log that had their place at that moment.</summary>
    public required long Entries { get; init; }

    /// <summary>The log's checkpoint at that moment, a signed note. Null: there was none yet.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Verifier keys of the log, the present one first.</summary>
    public required IReadOnlyList<string> LogKeys { get; init; }

    /// <summary>Names of people.</summary>
    public required long People { get; init; }

    /// <summary>Machines.</summary>
    public required long Devices { get; init; }

    /// <summary>Reports.</summary>
    public required long Reports { get; init; }

    /// <summary>Everything else that the backup holds.</summary>
    public required IReadOnlyList<BackupPart> Parts { get; init; }

    /// <summary>Whether the keys are in it.</summary>
    [JsonIgnore]
    public bool HasKeys => Parts.Any(part => part.Name == BackupFolder.Keys);

    /// <summary>What the log's signatures are checked with.</summary>
    /// <exception cref="InvalidDataException">A line is none.</exception>
    [JsonIgnore]
    public IReadOnlyList<VerifierKey> Verifiers
    {
        get
        {
            try
            {
                return [.. LogKeys.Select(VerifierKey.Parse)];
            }
            catch (FormatException fault)
            {
                throw new InvalidDataException($"{Name} names a key that is none: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static BackupManifest Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, BackupManifestJson.Default.BackupManifest) ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{Name} cannot be understood: {fault.Message}", fault);
        }
    }

    /// <summary>Its text.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, BackupManifestJson.Default.BackupManifest);
}

/// <summary>A file in a backup.</summary>
/// <param name="Name">Its path there, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The hash of its bytes, in hexadecimal digits.</param>
internal sealed record BackupPart(string Name, long Bytes, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestJson : JsonSerializerContext;
