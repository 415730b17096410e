using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sandbox.Agent.Identity;

/// <summary>What enrolment settled, as it stands in <c>enrolment.json</c>.</summary>
/// <param name="Address">host:port of the server's agent port.</param>
/// <param name="DeviceId">32 hexadecimal digits.</param>
/// <param name="DeviceName">The name under which people see the device.</param>
/// <param name="EnrolledAt">By this machine's clock.</param>
internal sealed record EnrolmentRecord(string Address, string DeviceId, string DeviceName, DateTimeOffset EnrolledAt)
{
    /// <summary>Whether the owner lets the server seed faults on this machine. Only enrolment sets it; <c>sandbox-agent faults off</c> takes it back.</summary>
    public bool FaultsAllowed { get; init; }

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="SetupException">The file is damaged.</exception>
    public static EnrolmentRecord? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), IdentityJson.Default.EnrolmentRecord) ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new SetupException($"{path} cannot be read ({fault.Message}). Move it and device.pem away and enrol again: {Typed.Agent($"enrol -{AgentFolders.Of(path).DataOption}")}");
        }
    }

    /// <summary>Writes the file durably.</summary>
    public void Write(string path) => DurableFile.Replace(path, JsonSerializer.SerializeToUtf8Bytes(this, IdentityJson.Default.EnrolmentRecord));
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(EnrolmentRecord))]
internal sealed partial class IdentityJson : JsonSerializerContext;
