using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Sandbox.Server.Export;

/// <summary>
/// A message in protobuf's JSON, but for bytes: those are in lower-case hexadecimal, as ids and hashes are in leaves, so that the two can be compared by eye
/// and found by search.
/// </summary>
internal static class SaysJson
{
    private static readonly JsonFormatter _plain = new(JsonFormatter.Settings.Default);

    /// <summary>Writes it as an object.</summary>
    public static void Write(Utf8JsonWriter json, IMessage message)
    {
        using var said = JsonDocument.Parse(_plain.Format(message));
        Object(json, said.RootElement, message.Descriptor);
    }

    private static void Object(Utf8JsonWriter json, JsonElement said, MessageDescriptor type)
    {
        var fields = type.Fields.InDeclarationOrder().ToDictionary(field => field.JsonName);
        json.WriteStartObject();
        foreach (var one in said.EnumerateObject())
        {
            json.WritePropertyName(one.Name);
            Value(json, one.Value, fields[one.Name]);
        }
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, JsonElement said, FieldDescriptor field)
    {
        switch (said.ValueKind)
        {
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var one in said.EnumerateArray()) Value(json, one, field);
                json.WriteEndArray();
                break;
            case JsonValueKind.String when field.FieldType == FieldType.Bytes:
                json.WriteStringValue(Convert.ToHexStringLower(said.GetBytesFromBase64()));
                break;
            case JsonValueKind.Object when field is { FieldType: FieldType.Message, IsMap: false }:
                Object(json, said, field.MessageType);
                break;
            default:
                // Numbers, words, and messages that JSON has as words: a time, a duration.
                said.WriteTo(json);
                break;
        }
    }
}
