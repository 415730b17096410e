using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sandbox.Agent.Uplink;

/// <summary>What a running agent says of itself in <c>status.json</c>. Instants are of this machine's clock.</summary>
internal sealed record AgentStatus
{
    /// <summary>Process id of the agent that wrote it.</summary>
    public required int Process { get; init; }

    /// <summary>Since when the stream is open; null: it is not.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>When the stream last was known to live; null: never since the agent started.</summary>
    public DateTimeOffset? LastContact { get; init; }

    /// <summary>Why the last stream or try ended, in words; null: it has not failed, or was welcomed since.</summary>
    public string? LastTrouble { get; init; }

    /// <summary>This machine's clock minus the server's at the last welcome, in milliseconds; null: not measured.</summary>
    public long? ClockOffsetMs { get; init; }

    /// <summary>Reads the file; null when there is none that can be read.</summary>
    public static AgentStatus? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), StatusJson.Default.AgentStatus) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file; it may be lost in a power cut.</summary>
    public void Write(string path) => DurableFile.ReplaceQuickly(path, JsonSerializer.SerializeToUtf8Bytes(this, StatusJson.Default.AgentStatus));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(AgentStatus))]
internal sealed partial class StatusJson : JsonSerializerContext;
