using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.Agent.Antivirus;

/// <summary>What clamd says of itself. Queue, threads and memory of STATS change with every question and are left out.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Definitions">Version of the daily database that it has loaded. Null: none.</param>
/// <param name="BuiltAt">When that was built, by the machine's own time zone, as clamd prints it. Null: none, or not a date.</param>
internal sealed partial record ClamdAnswer(string Version, ulong? Definitions, DateTime? BuiltAt)
{
    /// <summary>Reads the answer to VERSION: <c>ClamAV 1.4.6/27999/Mon Oct 20 22:40:00 2025</c>, without a daily database <c>ClamAV 1.4.6</c>. Null: it is another.</summary>
    public static ClamdAnswer? OfVersion(string text)
    {
        var match = VersionText().Match(text.Trim());
        if (!match.Success) return null;
        ulong? definitions = match.Groups[2].Success ? ulong.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : null;
        DateTime? built = DateTime.TryParseExact(
            match.Groups[3].Value, "ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var date) ? date : null;
        return new ClamdAnswer(match.Groups[1].Value, definitions, built);
    }

    /// <summary>The state of its first pool of threads in the answer to STATS: <c>VALID PRIMARY</c>. Null: it does not say.</summary>
    public static string? StateOf(string text) => StateText().Match(text) is { Success: true } match ? match.Groups[1].Value.TrimEnd() : null;

    [GeneratedRegex(@"^ClamAV ([0-9A-Za-z.+~_-]{1,64})(?:/([0-9]{1,18})/([A-Za-z0-9: ]{1,40}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionText();

    [GeneratedRegex(@"^STATE: ([A-Z ]{1,40})\r?$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StateText();
}
