using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats;

/// <summary>JSON (RFC 8259) in UTF-8, as documents for other programs.</summary>
internal static class JsonText
{
    // Names in other letters stay readable; nothing of this stands in HTML.
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A document, indented, ended by LF.</summary>
    public static byte[] Document(JsonNode node) => [.. Bytes(node, _plain with { Indented = true, NewLine = "\n" }), (byte)'\n'];

    /// <summary>One of many on a line each, ended by LF.</summary>
    public static byte[] Line(JsonNode node) => [.. Bytes(node, _plain), (byte)'\n'];

    /// <summary>The text alone, for what is signed.</summary>
    public static byte[] Compact(JsonNode node) => Bytes(node, _plain);

    /// <summary>An instant, to the second: <c>2026-11-23T17:00:00Z</c>.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An array.</summary>
    public static JsonArray Array(IEnumerable<JsonNode?> nodes) => [.. nodes];

    private static byte[] Bytes(JsonNode node, JsonWriterOptions form)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, form)) node.WriteTo(json);
        return bytes.ToArray();
    }
}
