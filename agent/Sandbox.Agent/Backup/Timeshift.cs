using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>Timeshift's settings, and the note that it leaves in each snapshot when it is done (its source: Main.vala, SnapshotRepo.vala). All values are texts.</summary>
internal static class Timeshift
{
    /// <summary>Below the root folder.</summary>
    public const string Settings = "etc/timeshift/timeshift.json";

    private const string Program = "timeshift";
    private const int Most = 50;
    private const int LongestComment = 100;
    private const long LatestSecond = 253_402_300_799;
    private static readonly string[] Levels = ["boot", "hourly", "daily", "weekly", "monthly"];

    /// <summary>One job, when there are settings.</summary>
    public static IEnumerable<BackupJob> Read(RootFolder root, UnseenNotes unseen)
    {
        if (!root.Has(Settings)) return [];
        if (!root.TryRead(Settings, out var text, out var fault) || Parse(text) is not { } json)
        {
            unseen.Add(fault ?? Why.Of(Settings, "no JSON"));
            return [];
        }
        var levels = Levels.Where(level => Word(json, $"schedule_{level}") == "true").ToList();
        var job = new BackupJob { Program = Program, Path = RootFolder.Shown(Settings), Covers = { "/" }, Enabled = levels.Count > 0 };
        if (levels.Count > 0) job.Schedule = string.Join(", ", levels);
        return [job];
    }

    /// <summary>Snapshots in a folder, the newest first, and how many there are. One without a readable note was not finished and does not count.</summary>
    public static List<BackupSnapshot> Snapshots(RootFolder root, string folder, UnseenNotes unseen)
    {
        var found = new List<BackupSnapshot>();
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Reverse())
        {
            var note = $"{folder}/{name}/info.json";
            if (!root.Has(note)) continue;
            if (!root.TryRead(note, out var text, out var unread)) unseen.Add(unread);
            else if (Parse(text) is { } json && Snapshot(json) is { } snapshot) found.Add(snapshot);
            else unseen.Add(Why.Of(note, "no note of a snapshot"));
        }
        return [.. found.OrderByDescending(snapshot => snapshot.Created.Seconds)];
    }

    /// <summary>As many as a fact holds.</summary>
    public static IEnumerable<BackupSnapshot> Newest(List<BackupSnapshot> snapshots) => snapshots.Take(Most);

    private static BackupSnapshot? Snapshot(JsonElement json)
    {
        if (!long.TryParse(Word(json, "created"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LatestSecond) return null;
        var snapshot = new BackupSnapshot { Created = new Timestamp { Seconds = seconds } };
        snapshot.Tags.AddRange((Word(json, "tags") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(tag => tag.Length < 20).Take(10));
        if (ShortText.Of(Word(json, "comments"), LongestComment) is { } comment) snapshot.Comment = comment;
        return snapshot;
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Word(JsonElement json, string name) => json.TryGetProperty(name, out var found) ? JsonText.Of(found) : null;
}
