using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Backup;

/// <summary>What programs remember of their repositories in the home of whoever ran them. Keys lie beside it and are not opened.</summary>
internal static partial class Remembered
{
    private const int Most = 50;

    /// <summary>Folders in a folder; none when it cannot be listed.</summary>
    public static IEnumerable<string> Folders(RootFolder root, string folder) => root.Has(folder)
        ? root.List(folder, out _).Select(name => $"{folder}/{name}").Where(path => Directory.Exists(root.Resolve(path))).Take(Most)
        : [];

    /// <summary>Borg's notes for each repository, by which it notices that one was exchanged (its documentation, Security).</summary>
    public static IEnumerable<(string Folder, string Location, Timestamp? ManifestAt)> Borg(RootFolder root, string home) =>
        from folder in Folders(root, $"{home}/.config/borg/security")
        let location = root.Line($"{folder}/location")
        where location is not null
        select (folder, location, Written(root.Line($"{folder}/manifest-timestamp")));

    /// <summary>The newest backup whose manifest is there. Null: none.</summary>
    public static Timestamp? Duplicity(RootFolder root, string folder) => root.List(folder, out _).Select(name => Manifest().Match(name)).Where(match => match.Success)
        .Select(match => Instant(match.Groups["at"].Value, "yyyyMMdd'T'HHmmss'Z'")).OfType<Timestamp>().MaxBy(at => at.Seconds);

    // 2026-11-26T02:57:33.646121, in UTC; newer versions say +00:00 behind it.
    private static Timestamp? Written(string? text) => text is { Length: >= 19 } ? Instant(text[..19], "yyyy-MM-dd'T'HH:mm:ss") : null;

    private static Timestamp? Instant(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? new Timestamp { Seconds = at.ToUnixTimeSeconds() } : null;

    // duplicity-full.20261126T025733Z.manifest, duplicity-inc.20261126T025733Z.to.20261127T025733Z.manifest.gpg; one that is not finished ends with .part.
    [GeneratedRegex(@"^duplicity-(full|inc\.[0-9TZ]+\.to)\.(?<at>[0-9]{8}T[0-9]{6}Z)\.manifest(\.gpg)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Manifest();
}
