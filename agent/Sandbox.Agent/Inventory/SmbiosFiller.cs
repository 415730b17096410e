namespace Sandbox.Agent.Inventory;

/// <summary>Tells what a manufacturer said from what it forgot to fill in: thousands of machines share these.</summary>
internal static class SmbiosFiller
{
    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "to be filled by o.e.m.", "to be filled by o.e.m", "to be filled by oem", "o.e.m.", "oem", "default string", "default_string",
        "system manufacturer", "system product name", "system serial number", "system version", "chassis serial number",
        "base board serial number", "not specified", "not applicable", "not available", "not provided", "n/a", "na", "none", "null", "empty",
        "unknown", "0", "invalid", "undefined", "no asset tag", "0123456789", "123456789", "1234567890", "12345678", "type1productconfigid",
    };

    private static readonly HashSet<string> SharedUuids =
    [
        "03000200-0400-0500-0006-000700080009", "12345678-1234-5678-90ab-cddeefaabbcc", "fefefefe-fefe-fefe-fefe-fefefefefefe",
    ];

    /// <summary>The text without white space around it. Null: empty or a filler.</summary>
    public static string? Text(string said)
    {
        var text = said.Trim();
        if (text.Length == 0 || Fillers.Contains(text)) return null;
        if (text.Length == 1) return char.IsAsciiLetterOrDigit(text[0]) ? text : null;
        return text.AsSpan().TrimStart(text[0]).IsEmpty ? null : text;
    }

    /// <summary>The UUID in lower case. Null: no UUID, all zero, all ones, or one that a firmware vendor left in.</summary>
    public static string? Uuid(string said)
    {
        if (!Guid.TryParseExact(said.Trim(), "D", out var uuid) || uuid == Guid.Empty || uuid == Guid.AllBitsSet) return null;
        var text = uuid.ToString("D");
        return SharedUuids.Contains(text) ? null : text;
    }
}
