using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Ledger;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Cosigning;

/// <summary>
/// Where a witness keeps its files, <c>DATA/witness</c>, mode 0700: <c>witness.json</c> (name and port), <c>witness.key</c> (its seed as base64), and a folder
/// for each log below <c>logs</c>. It needs nothing of a log's server.
/// </summary>
internal sealed class WitnessFolder(string? data)
{
    /// <summary>The port unless another one is chosen.</summary>
    public const int UsualPort = 7445;

    /// <summary>The witness's own folder.</summary>
    public string Root { get; } = Path.Combine(ServerFolders.Data(data), "witness");

    /// <summary>A folder for each log that is witnessed.</summary>
    public string Logs => Path.Combine(Root, "logs");

    private string SettingsFile => Path.Combine(Root, "witness.json");

    private string KeyFile => Path.Combine(Root, "witness.key");

    /// <summary>Makes what is missing, and keeps the choices.</summary>
    /// <param name="name">The witness's name. Null: that which it has, or one by this machine's name.</param>
    /// <param name="port">Where it listens. Null: where it did, or <see cref="UsualPort"/>.</param>
    /// <exception cref="SetupException">It has another name already, or the folder cannot be used.</exception>
    public WitnessSettings Make(string? name, int? port)
    {
        var known = File.Exists(SettingsFile) ? Settings() : null;
        if (name is not null && known is not null && known.Name != name)
            throw new SetupException($"The witness in {Root} is {known.Name}, and what it cosigned bears that name. Make another one in a folder of its own with --data DIR.");
        var settings = new WitnessSettings(known?.Name ?? name ?? $"{Environment.MachineName.ToLowerInvariant()}/witness", port ?? known?.Port ?? UsualPort);
        DurableFile.MakeFolder(Root);
        DurableFile.MakeFolder(Logs);
        if (!File.Exists(KeyFile)) DurableFile.Write(KeyFile, Encoding.ASCII.GetBytes(Convert.ToBase64String(LogKey.NewSeed()) + "\n"), DurableFile.Secret);
        using var key = Key(settings.Name);
        DurableFile.Write(SettingsFile, JsonSerializer.SerializeToUtf8Bytes(settings, WitnessJson.Default.WitnessSettings), DurableFile.Secret);
        return settings;
    }

    /// <summary>What was chosen.</summary>
    /// <exception cref="SetupException">There is no witness in this folder, or its file is damaged.</exception>
    public WitnessSettings Settings()
    {
        if (!File.Exists(SettingsFile)) throw new SetupException($"There is no witness in {Root}. Make one with: sandbox-server witness init, or name its folder with --data DIR.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(SettingsFile), WitnessJson.Default.WitnessSettings) ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new SetupException($"{SettingsFile} cannot be understood ({fault.Message}). Put it back from a backup, or mend it by hand.");
        }
    }

    /// <summary>The key that cosigns.</summary>
    /// <exception cref="SetupException">The file or the name cannot be used.</exception>
    public WitnessKey Key(string name)
    {
        try
        {
            return WitnessKey.FromSeed(name, Convert.FromBase64String(File.ReadAllText(KeyFile).Trim()));
        }
        catch (FormatException fault)
        {
            throw new SetupException($"{KeyFile} and the name {name} make no key of a witness: {fault.Message}");
        }
    }
}

/// <summary>What a witness remembers between starts.</summary>
/// <param name="Name">Its name, which stands in its key.</param>
/// <param name="Port">Where it listens; 0: any free port at each start.</param>
internal sealed record WitnessSettings(string Name, int Port);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WitnessSettings))]
[JsonSerializable(typeof(IReadOnlyList<WitnessedEntry>))]
internal sealed partial class WitnessJson : JsonSerializerContext;
