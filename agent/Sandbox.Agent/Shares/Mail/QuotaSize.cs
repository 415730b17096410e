using System.Globalization;

namespace Sandbox.Agent.Shares.Mail;

/// <summary>Sizes as dovecot writes them: <c>1G</c>, <c>500M</c>, <c>100 MB</c>, <c>1024</c>.</summary>
internal static class QuotaSize
{
    /// <summary>Bytes; a number without a unit counts as many of <paramref name="unit"/>. Null: no size, 0 (which is no limit), or one that no disk has.</summary>
    public static ulong? Of(string text, ulong unit)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!ulong.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return null;
        ulong? factor = text[digits..].Trim().ToUpperInvariant() switch
        {
            "" => unit, "B" => 1, "K" or "KB" or "KIB" => 1UL << 10, "M" or "MB" or "MIB" => 1UL << 20, "G" or "GB" or "GIB" => 1UL << 30, "T" or "TB" or "TIB" => 1UL << 40, _ => null,
        };
        return factor is { } times && number <= (1UL << 60) / times ? number * times : null;
    }

    /// <summary>Bytes that a rule such as <c>*:storage=1G:messages=1000</c> gives to a whole mailbox. Null: it speaks of one folder, or of no storage.</summary>
    public static ulong? OfRule(string rule)
    {
        if (rule.Split(':') is not ["*", .. var limits]) return null;
        // storage without a unit counts kilobytes, bytes counts bytes.
        foreach (var limit in limits)
        {
            if (limit.StartsWith("storage=", StringComparison.Ordinal)) return Of(limit["storage=".Length..], 1024);
            if (limit.StartsWith("bytes=", StringComparison.Ordinal)) return Of(limit["bytes=".Length..], 1);
        }
        return null;
    }
}
