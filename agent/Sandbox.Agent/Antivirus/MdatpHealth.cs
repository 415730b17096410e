using System.Globalization;
using System.Text.Json;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Antivirus;

/// <summary>
/// The JSON of <c>mdatp health</c>: camelCase names; a setting is either its value or an object with <c>value</c> in it; a state is an object with
/// <c>$type</c>; instants are milliseconds since 1970 in a string.
/// </summary>
internal sealed class MdatpHealth
{
    private const int LongestText = 200;
    private const int MostTexts = 10;
    private readonly JsonElement _root;

    private MdatpHealth(JsonElement root) => _root = root;

    /// <summary>Null: these bytes are no such JSON.</summary>
    public static MdatpHealth? Parse(byte[] printed)
    {
        try
        {
            using var json = JsonDocument.Parse(printed);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("healthy", out _) ? new MdatpHealth(root.Clone()) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of at most 200 characters. Null: absent, empty, or no text.</summary>
    public string? Text(string name) => Short(Value(name));

    public bool? Flag(string name) => Value(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A whole number, in a string or not. Null: absent, or none.</summary>
    public long? Number(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Number } number ? number.TryGetInt64(out var whole) ? whole : null
        : long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var written) ? written : null;

    /// <summary>Texts of a list, in its order; the first 10.</summary>
    public IReadOnlyList<string> Texts(string name) => Value(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(Short).OfType<string>().Take(MostTexts)] : [];

    private JsonElement Value(string name)
    {
        if (!_root.TryGetProperty(name, out var found)) return default;
        if (found.ValueKind != JsonValueKind.Object) return found;
        return found.TryGetProperty("value", out var value) || found.TryGetProperty("$type", out value) ? value : default;
    }

    private static string? Short(JsonElement element) =>
        JsonText.Of(element) is { Length: > 0 } text ? text.Length > LongestText ? text[..LongestText] : text : null;
}
