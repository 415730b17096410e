using System.Text.Json;
using Google.Protobuf;
using Sandbox.Evidence;
using Sandbox.Protocol;

namespace Sandbox.Server.Compliance;

/// <summary>The facts that <c>sandbox-agent collect --once --json</c> prints: one object with a property per fact.</summary>
internal static class FactsFile
{
    /// <summary>Reads them as if they had just been reported.</summary>
    /// <param name="json">The text.</param>
    /// <param name="path">What a fault is said of.</param>
    /// <param name="now">When they were read.</param>
    public static DeviceFacts Read(string json, string path, DateTimeOffset now)
    {
        var facts = new DeviceFacts();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new SetupException($"{path}: an object with a property per fact is wanted, as `sandbox-agent collect --once --json` prints it.");
            foreach (var property in document.RootElement.EnumerateObject()) facts.Put(new ReportedFact(Of(property, path), 0, now, now));
        }
        catch (JsonException fault)
        {
            throw new SetupException($"{path}: this is no JSON: {fault.Message}");
        }
        return facts;
    }

    private static Fact Of(JsonProperty property, string path)
    {
        var field = Fact.Descriptor.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == property.Name)
            ?? throw new SetupException($"{path}: {property.Name} is no fact. Known: {string.Join(", ", Fact.Descriptor.Fields.InDeclarationOrder().Select(field => field.JsonName))}.");
        try
        {
            return JsonParser.Default.Parse<Fact>($"{{\"{field.JsonName}\":{property.Value.GetRawText()}}}");
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new SetupException($"{path}: {property.Name}: {fault.Message}");
        }
    }
}
