using System.Globalization;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts;

/// <summary>Makes instants of times that logs write without zone, and even without year: by the zone of the machine, not of the agent.</summary>
internal sealed class LogClock(TimeZoneInfo zone, DateTimeOffset now)
{
    private const string Zones = "zoneinfo/";

    /// <summary>Whose zone is not known: logs are read as if they were written in UTC.</summary>
    public bool ZoneUnknown { get; private init; }

    /// <summary>The clock of the machine below the root: /etc/localtime is a link to its zone (localtime(5)).</summary>
    public static LogClock Of(RootFolder root, DateTimeOffset now)
    {
        var link = RootFolder.LinkTarget(Path.Combine(root.Resolve("etc"), "localtime"));
        if (link is null && !root.Has("etc/localtime")) return new LogClock(TimeZoneInfo.Utc, now);
        if (link?.IndexOf(Zones, StringComparison.Ordinal) is >= 0 and var at
            && TimeZoneInfo.TryFindSystemTimeZoneById(link[(at + Zones.Length)..], out var zone)) return new LogClock(zone, now);
        return root.IsThisSystem ? new LogClock(TimeZoneInfo.Local, now) : new LogClock(TimeZoneInfo.Utc, now) { ZoneUnknown = true };
    }

    /// <summary><c>Nov 23 11:40:33</c>: the latest such time that is not in the future, by more than a day for clocks that differ. Null: no time.</summary>
    public DateTimeOffset? WithoutYear(ReadOnlySpan<char> stamp)
    {
        // A leap year first, so that 29 February can be read at all.
        if (!DateTime.TryParseExact($"2024 {stamp}", "yyyy MMM d HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var read)) return null;
        for (var year = now.Year + 1; year > now.Year - 5; year--)
        {
            if (read is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)) continue;
            var at = InZone(new DateTime(year, read.Month, read.Day, read.Hour, read.Minute, read.Second, DateTimeKind.Unspecified));
            if (at <= now.AddDays(1)) return at;
        }
        return null;
    }

    /// <summary><c>2026-11-23  11:40:33</c>. Null: no time.</summary>
    public DateTimeOffset? WithoutZone(ReadOnlySpan<char> stamp) =>
        DateTime.TryParseExact(stamp.Trim(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var read)
            ? InZone(read)
            : null;

    private DateTimeOffset InZone(DateTime local) => new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
}
