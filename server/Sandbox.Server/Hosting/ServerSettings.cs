using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Evidence;
using Sandbox.Server.Compliance;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>
/// What is remembered between starts, in <c>server.json</c>: commands need it to write addresses into join codes and links.
/// </summary>
internal sealed record ServerSettings
{
    /// <summary>Name or address under which people and agents reach this server.</summary>
    public required string Host { get; init; }

    /// <summary>Port of the pages; 0: any free one at each start.</summary>
    public int WebPort { get; init; } = 7443;

    /// <summary>Port of the agents; 0: any free one at each start.</summary>
    public int AgentPort { get; init; } = 7444;

    /// <summary>The ports at the last start. Null: never started.</summary>
    public BoundPorts? Bound { get; init; }

    /// <summary>Where the data is: <c>sqlite</c>, in the data folder, or the address of a PostgreSQL database, never with a password.</summary>
    [AllowNull] // in the files of builds that knew one store only
    public string Store { get; init => field = value ?? ChosenStore.Sqlite; } = ChosenStore.Sqlite;

    /// <summary>The evidence log's name, fixed at the first start: a later change of the host does not change it.</summary>
    public required string LogOrigin { get; init; }

    /// <summary>From how long a silence of a device on nothing is known of it any more: 5 minutes to 30 days.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What judges: the id of a profile, or <see cref="PolicyInUse.Own"/> for the file in the server's folder.</summary>
    [AllowNull] // in the files of builds that knew one policy only
    public string Policy { get; init => field = value ?? LabDefault.Id; } = LabDefault.Id;

    /// <summary>Longest time between two signed reports of a device: 1 minute to 1 hour.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The address of a page: <c>https://lab.example:7443/setup</c>.</summary>
    public string Page(string path) => $"https://{HostInUrl}:{(WebPort == 0 ? Bound?.Web ?? 0 : WebPort)}{path}";

    /// <summary>Where agents connect: <c>lab.example:7444</c>.</summary>
    [JsonIgnore]
    public string AgentAddress => $"{HostInUrl}:{(AgentPort == 0 ? Bound?.Agent ?? 0 : AgentPort)}";

    private string HostInUrl => IPAddress.TryParse(Host, out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{Host}]" : Host;

    /// <summary>Reads them. Null: there is no server in this folder yet.</summary>
    /// <exception cref="SetupException">The file is unreadable or damaged.</exception>
    public static ServerSettings? Load(ServerFolders folders)
    {
        if (!File.Exists(folders.Settings)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folders.Settings), ServerSettingsJson.Default.ServerSettings)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new SetupException($"{folders.Settings} cannot be understood ({fault.Message}). Restore it from a backup, or mend it by hand.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{folders.Settings} cannot be read by the user {Environment.UserName}. Run this as the user who started the server, or with sudo.");
        }
    }

    /// <summary>Writes them.</summary>
    public void Save(ServerFolders folders) =>
        DurableFile.Write(folders.Settings, JsonSerializer.SerializeToUtf8Bytes(this, ServerSettingsJson.Default.ServerSettings), DurableFile.Secret);
}

/// <summary>The ports that a running server listens on.</summary>
/// <param name="Web">Port of the pages.</param>
/// <param name="Agent">Port of the agents.</param>
internal sealed record BoundPorts(int Web, int Agent);

/// <summary>What <c>--ready-file</c> gets once the server listens.</summary>
/// <param name="WebPort">Port of the pages.</param>
/// <param name="AgentPort">Port of the agents.</param>
/// <param name="Page">Address of the first page.</param>
internal sealed record Ready(int WebPort, int AgentPort, string Page);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServerSettings))]
[JsonSerializable(typeof(Ready))]
internal sealed partial class ServerSettingsJson : JsonSerializerContext;
