using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>What rpm has installed.</summary>
internal static class RpmPackages
{
    private const int MostTries = 3;
    private const string Check = "Check it: sudo rpmdb --verifydb. Make it anew from itself: sudo rpmdb --rebuilddb";

    // The format that rpm writes today comes first: an older one beside it is what a conversion left.
    private static readonly (string Path, Func<string, IRpmHeaders> Open)[] Databases =
    [
        ("var/lib/rpm/rpmdb.sqlite", path => new SqliteHeaders(path)), ("usr/lib/sysimage/rpm/rpmdb.sqlite", path => new SqliteHeaders(path)),
        ("var/lib/rpm/Packages.db", path => new NdbHeaders(path)), ("usr/lib/sysimage/rpm/Packages.db", path => new NdbHeaders(path)),
        ("var/lib/rpm/Packages", path => new BerkeleyHeaders(path)), ("usr/lib/sysimage/rpm/Packages", path => new BerkeleyHeaders(path)),
    ];

    /// <summary>
    /// The database, and the lock that rpm lets go of at the end. Not its write-ahead log: that is touched with each of many hundred packages of an upgrade, each
    /// would be a report of all packages, and with every query of root's.
    /// </summary>
    public static IReadOnlyList<string> Watches { get; } = [.. Databases.Select(one => one.Path), "var/lib/rpm/.rpm.lock", "usr/lib/sysimage/rpm/.rpm.lock", .. RpmNotes.Watches];

    /// <summary>Whether there is a database of rpm.</summary>
    public static bool IsThere(RootFolder root) => Array.Exists(Databases, one => root.Has(one.Path));

    /// <summary>None where there is no rpm, or where it has installed nothing.</summary>
    public static List<Package> Read(RootFolder root, ICollection<Unseen> unseen, CancellationToken ct)
    {
        if (Array.Find(Databases, one => root.Has(one.Path)) is not { Path: { } path, Open: { } open }) return [];
        var place = root.Resolve(path);
        var reading = RpmReading.Of(() => open(place), ct);
        // Of a database that is always being written the last reading counts: the next change wakes the collector again.
        for (var tries = 1; tries < MostTries && reading.IsStale; tries++) reading = RpmReading.Of(() => open(place), ct);
        if (reading.Fault is { } fault) unseen.Add(Of(path, fault, reading));
        if (reading.Nonsense > 0) unseen.Add(Why.Of(path, $"{reading.Nonsense} entries are no headers of packages", Check));
        if (reading.IsCut) unseen.Add(Why.Of(path, $"more than {reading.Packages.Count} packages; the others are left out"));
        if (reading.Packages.Count > 0) RpmNotes.Read(root, unseen)?.AddTo(reading.Packages);
        return reading.Packages;
    }

    private static Unseen Of(string path, Exception fault, RpmReading reading) =>
        fault is FileNotFoundException or UnauthorizedAccessException ? Why.Of(path, fault)
        : reading.IsStale ? Why.Of(path, "changed while it was read")
        : Why.Of(path, $"{fault.Message}; {reading.Packages.Count} packages were read before that", Check);
}
