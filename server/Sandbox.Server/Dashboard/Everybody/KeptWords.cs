using Sandbox.Server.Retention;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>How long a record is kept, in a sentence, for whose record it is as well.</summary>
internal static class KeptWords
{
    /// <summary>The sentence.</summary>
    /// <param name="kept">How long it is kept.</param>
    /// <param name="isOwn">Whoever reads it is meant.</param>
    public static string Of(KeptPerson kept, bool isOwn)
    {
        var (who, left, whose) = isOwn ? ("you", "You left", "Your record") : (kept.DisplayName, $"{kept.DisplayName} left", "The record");
        var until = kept.LeftOn is { } day
            ? $"{left} {kept.Programme} on {day:yyyy-MM-dd}. {whose} is kept until {kept.KeptUntil:yyyy-MM-dd}"
            : $"{whose} is kept for {(kept.YearsKept == 1 ? "1 year" : $"{kept.YearsKept} years")} after {who} {(isOwn ? "leave" : "leaves")} {kept.Programme}";
        return kept.HeldFor is null ? $"{until}; after that an admin may erase it." : $"{until}, and longer as long as it is held for a legal reason.";
    }
}
