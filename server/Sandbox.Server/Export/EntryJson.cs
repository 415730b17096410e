using System.Text;
using System.Text.Json;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary>
/// An entry of the log as one JSON object: the leaf's fields and its exact text, the salt and the exact bytes to which it commits, and what these say, with ids and
/// other bytes in hexadecimal. An entry that was erased has <c>"erased":true</c> in the place of the last three.
/// </summary>
internal static class EntryJson
{
    // Names in other letters stay readable; what stands in HTML is not written here.
    private static readonly JsonWriterOptions _plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object's bytes, on one line or indented.</summary>
    public static byte[] Of(LoggedEntry entry, bool indented = false)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _plain with { Indented = indented })) Write(json, entry);
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, LoggedEntry entry)
    {
        var leaf = LogEntry.Parse(entry.Leaf);
        json.WriteStartObject();
        json.WriteNumber("index", entry.LeafIndex!.Value);
        json.WriteString("time", leaf.Time);
        json.WriteString("kind", leaf.Kind.ToString().ToLowerInvariant());
        Id(json, "device", leaf.Device);
        Id(json, "person", leaf.Person);
        Id(json, "subject", leaf.Subject);
        json.WriteString("leaf", Encoding.UTF8.GetString(entry.Leaf));
        if (entry is { Salt: { } salt, Body: { } body })
        {
            json.WriteString("salt", Convert.ToHexStringLower(salt));
            json.WriteBase64String("body", body);
            json.WritePropertyName("says");
            SaysJson.Write(json, LogBody.Parser.ParseFrom(body));
        }
        else json.WriteBoolean("erased", true);
        json.WriteEndObject();
    }

    private static void Id(Utf8JsonWriter json, string name, byte[]? id)
    {
        if (id is not null) json.WriteString(name, Convert.ToHexStringLower(id));
    }
}
