using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>
/// What the program above rpm noted of its packages: rpm itself knows neither who asked for one nor from which repository it came. The newest of these
/// programs counts, since an older one's notes stay behind when a system changes over.
/// </summary>
internal sealed class RpmNotes
{
    private readonly Dictionary<string, bool> _automatic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _repositories = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Watches { get; } = [.. Dnf5Notes.Watches, .. DnfHistory.Watches, ZypperNotes.Automatic];

    /// <summary>Null: no such program keeps notes here, or they cannot be read, and then <paramref name="unseen"/> has it.</summary>
    public static RpmNotes? Read(RootFolder root, ICollection<Unseen> unseen, CancellationToken ct) =>
        Dnf5Notes.Read(root, unseen) ?? DnfHistory.Read(root, unseen, ct) ?? ZypperNotes.Read(root, unseen);

    /// <summary>All packages that are not noted were asked for.</summary>
    public bool OthersWereAskedFor { get; init; }

    /// <summary>Notes whether it was a dependency.</summary>
    /// <param name="package"><c>NAME-[EPOCH:]VERSION-RELEASE.ARCHITECTURE</c>, <c>NAME.ARCHITECTURE</c> or the bare name, as far as it holds.</param>
    /// <param name="automatic">See <see cref="Package.Automatic"/>.</param>
    public void Note(string package, bool automatic) => _automatic[package] = automatic;

    /// <summary>Notes the repository.</summary>
    /// <param name="package"><c>NAME-[EPOCH:]VERSION-RELEASE.ARCHITECTURE</c>; an epoch of 0 is left out.</param>
    /// <param name="repository">Its id.</param>
    public void Note(string package, string repository) => _repositories[package] = repository;

    public void AddTo(IEnumerable<Package> packages)
    {
        foreach (var package in packages)
        {
            var version = package.Version.StartsWith("0:", StringComparison.Ordinal) ? package.Version[2..] : package.Version;
            var whole = $"{package.Name}-{version}.{package.Architecture}";
            if (Automatic([whole, $"{package.Name}.{package.Architecture}", package.Name]) is { } automatic) package.Automatic = automatic;
            if (_repositories.TryGetValue(whole, out var repository)) package.Repository = repository;
        }
    }

    private bool? Automatic(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_automatic.TryGetValue(name, out var automatic)) return automatic;
        return OthersWereAskedFor ? false : null;
    }
}
