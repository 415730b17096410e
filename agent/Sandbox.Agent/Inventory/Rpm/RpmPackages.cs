using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>What rpm has installed.</summary>
internal static class RpmPackages
{
    private const string Check = "Check it: sudo rpmdb --verifydb. Make it anew from itself: sudo rpmdb --rebuilddb";

    // The format that rpm writes today comes first: an older one beside it is what a conversion left.
    private static readonly (string Path, Func<string, CancellationToken, IRpmHeaders> Open)[] Databases =
    [
        ("var/lib/rpm/rpmdb.sqlite", (path, ct) => new SqliteHeaders(path, ct)), ("usr/lib/sysimage/rpm/rpmdb.sqlite", (path, ct) => new SqliteHeaders(path, ct)),
        ("var/lib/rpm/Packages.db", (path, ct) => new NdbHeaders(path, ct)), ("usr/lib/sysimage/rpm/Packages.db", (path, ct) => new NdbHeaders(path, ct)),
        ("var/lib/rpm/Packages", (path, ct) => new BerkeleyHeaders(path, ct)), ("usr/lib/sysimage/rpm/Packages", (path, ct) => new BerkeleyHeaders(path, ct)),
    ];

    /// <summary>
    /// The database, and the lock that rpm lets go of at the end. Not its write-ahead log: that is touched with each of many hundred packages of an upgrade, each
    /// would be a report of all packages, and with every query of root's.
    /// </summary>
    public static IReadOnlyList<string> Watches { get; } = [.. Databases.Select(one => one.Path), "var/lib/rpm/.rpm.lock", "usr/lib/sysimage/rpm/.rpm.lock", .. RpmNotes.Watches];

    /// <summary>Whether there is a database of rpm.</summary>
    public static bool IsThere(RootFolder root) => Array.Exists(Databases, one => root.Has(one.Path));

    /// <summary>None where there is no rpm, or where it has installed nothing.</summary>
    public static async ValueTask<List<Package>> ReadAsync(RootFolder root, ICollection<Unseen> unseen, CancellationToken ct) =>
        Array.Find(Databases, one => root.Has(one.Path)) is { Path: { } path, Open: { } open } ? await ReadAsync(root, path, open, unseen, ct) : [];

    /// <summary>Of the database at this path. Tests open one that others write.</summary>
    internal static async ValueTask<List<Package>> ReadAsync(
        RootFolder root, string path, Func<string, CancellationToken, IRpmHeaders> open, ICollection<Unseen> unseen, CancellationToken ct)
    {
        // Of a database that is always being written the last reading counts: the next change wakes the collector again.
        var reading = await RpmReading.OfAsync(root.Resolve(path), open, ct);
        if (reading.IsStale || reading.Fault is not null) unseen.Add(Of(path, reading));
        if (reading.Nonsense > 0) unseen.Add(Why.Of(path, $"{reading.Nonsense} entries are no headers of packages", Check));
        if (reading.IsCut) unseen.Add(Why.Of(path, $"more than {reading.Packages.Count} packages; the others are left out"));
        if (reading.Packages.Count > 0) RpmNotes.Read(root, unseen, ct)?.AddTo(reading.Packages);
        return reading.Packages;
    }

    private static Unseen Of(string path, RpmReading reading) => reading switch
    {
        { Fault: UnauthorizedAccessException fault } => Why.Of(path, fault),
        { IsStale: true } or { Fault: null } => Why.Of(path, "changed while it was read"),
        { Fault: FileNotFoundException fault } => Why.Of(path, fault),
        { Fault: var fault } => Why.Of(path, $"{fault.Message}; {reading.Packages.Count} packages were read before that", Check),
    };
}
