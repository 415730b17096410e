namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>Texts that may be repeated in a fact: short, and of characters that names, addresses and algorithms are made of.</summary>
internal static class PlainText
{
    private const int Longest = 100;

    /// <summary>The text. Null: it is something else and stays on the device.</summary>
    public static string? Of(string text)
    {
        if (text.Length is 0 or > Longest) return null;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"._-:/@%+,[]*".Contains(c, StringComparison.Ordinal)) return null;
        }

        return text;
    }

    /// <summary>Any text that people gave something as a name, without control characters, at most 100 characters.</summary>
    public static string Name(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c))]);
        return clean.Length > Longest ? clean[..Longest] : clean;
    }
}
