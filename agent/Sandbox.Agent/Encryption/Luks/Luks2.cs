using System.Text.Json;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption.Luks;

/// <summary>LUKS2 On-Disk Format Specification 1.1: a binary part of 4096 bytes, then JSON up to its first NUL.</summary>
internal static class Luks2
{
    private const int Most = 32;

    /// <exception cref="IOException">The JSON is none.</exception>
    public static LuksHeader Parse(byte[] bytes)
    {
        var volume = new LuksVolume { Version = 2 };
        if (LuksHeader.Text(bytes.AsSpan(24, 48)) is { } label) volume.Label = label;
        if (LuksHeader.Text(bytes.AsSpan(168, 40)) is { } uuid && Guid.TryParse(uuid, out var id)) volume.Uuid = id.ToString();
        var json = bytes.AsMemory(LuksHeader.FirstBytes);
        var end = json.Span.IndexOf((byte)0);
        try
        {
            using var document = JsonDocument.Parse(end < 0 ? json : json[..end]);
            AddKeys(volume, document.RootElement);
            return new LuksHeader(volume, AddSegments(volume, document.RootElement));
        }
        // The second: a text in it is no UTF-8.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new IOException("the LUKS header is damaged: its description is no JSON");
        }
    }

    private static void AddKeys(LuksVolume volume, JsonElement root)
    {
        var slots = Members(root, "keyslots").ToList();
        volume.KeySlots = (uint)slots.Count;
        volume.Kdfs.AddRange(Words(slots.Select(slot => Word(Member(slot, "kdf"), "type"))));
        volume.Tokens.AddRange(Words(Members(root, "tokens").Select(token => Word(token, "type"))));
        if (slots.Select(slot => Member(slot, "key_size")).FirstOrDefault(size => size.ValueKind == JsonValueKind.Number) is { ValueKind: JsonValueKind.Number } bytes
            && bytes.TryGetUInt32(out var length) && length <= 1024) volume.KeyBits = length * 8;
    }

    // While it is being changed a volume has segments of two sorts, and one of type linear is in the clear. Those with a flag backup-... are copies.
    private static State AddSegments(LuksVolume volume, JsonElement root)
    {
        var segments = Members(root, "segments").Where(segment => !IsBackup(segment)).ToList();
        var ciphers = segments.Select(segment => Word(segment, "type") == "linear" ? null : Word(segment, "encryption") ?? Word(segment, "type")).ToList();
        if (ciphers.OfType<string>().FirstOrDefault() is { } cipher) volume.Cipher = cipher;
        if (segments.Count == 0) return State.Encrypted;
        var clear = ciphers.Count(name => name is null || CipherName.IsNull(name));
        volume.Whole = clear == 0;
        return clear == 0 ? State.Encrypted : clear == segments.Count ? State.Clear : State.Partly;
    }

    private static bool IsBackup(JsonElement segment) => Member(segment, "flags") is { ValueKind: JsonValueKind.Array } flags
        && flags.EnumerateArray().Any(flag => JsonText.Of(flag)?.StartsWith("backup-", StringComparison.Ordinal) == true);

    private static IEnumerable<string> Words(IEnumerable<string?> words) => words.OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(Most);

    private static IEnumerable<JsonElement> Members(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Take(Most).Select(member => member.Value) : [];

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : default;

    private static string? Word(JsonElement parent, string name) => CipherName.Plain(JsonText.Of(Member(parent, name)));
}
