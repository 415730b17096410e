using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>What is installed by dpkg, Flatpak and snapd, where more would come from, and what the machine is licensed for.</summary>
internal sealed class LinuxSoftware(string root) : ICollector
{
    private const string Status = "var/lib/dpkg/status";
    private const int MostRepositories = 200;
    // rpm 4.16 and later; where openSUSE keeps it; rpm before that; SUSE's own format.
    private static readonly string[] RpmDatabases =
        ["var/lib/rpm/rpmdb.sqlite", "usr/lib/sysimage/rpm/rpmdb.sqlite", "var/lib/rpm/Packages", "usr/lib/sysimage/rpm/Packages.db"];

    private readonly RootFolder _root = new(root);

    public string Name => "software";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.Software];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    // dpkg and apt replace these by rename when they are done; what else they do in their folders says nothing yet.
    public IReadOnlyList<string> Watches { get; } =
        [Status, AutomaticPackages.States, .. AptSources.Watches, .. YumRepositories.Watches, .. Flatpaks.Watches, .. Snaps.Watches, .. Licences.Watches];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var software = new Software();
        var packages = Debs(software, ct);
        var debs = packages.Count;
        packages.AddRange(Flatpaks.Read(_root, software.Unseen));
        packages.AddRange(Snaps.Read(_root, software.Unseen));
        if (packages.Count > debs) packages.Sort(ByNameArchitectureAndManager);
        software.Packages.Capacity = packages.Count;
        software.Packages.AddRange(packages);
        ct.ThrowIfCancellationRequested();
        AddRepositories(software);
        software.Licences.AddRange(Licences.Read(_root, software.Unseen));
        return ValueTask.FromResult<IReadOnlyList<Fact>>([new Fact { Software = software }]);
    }

    private List<Package> Debs(Software software, CancellationToken ct)
    {
        try
        {
            return ReadDebs(software, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            software.Unseen.Add(fault is FileNotFoundException or DirectoryNotFoundException ? NoDpkg() : Why.Of(Status, fault));
            return [];
        }
    }

    private List<Package> ReadDebs(Software software, CancellationToken ct)
    {
        var automatic = AutomaticPackages.Read(_root, software.Unseen);
        var packages = new List<Package>();
        var unversioned = 0;
        using var stanzas = new DpkgStatus(_root.Resolve(Status));
        while (stanzas.Next(out var package))
        {
            ct.ThrowIfCancellationRequested();
            if (package.Version.Length == 0) unversioned++;
            if (automatic is not null) package.Automatic = automatic.Has(package);
            packages.Add(package);
        }
        packages.Sort(ByNameArchitectureAndManager);
        DpkgInstallTimes.AddTo(packages, _root, software.Unseen);
        if (unversioned > 0) software.Unseen.Add(Why.Of(Status, $"{unversioned} entries do not say their version", "Check it: sudo dpkg --audit"));
        return packages;
    }

    private Unseen NoDpkg() => RpmDatabases.FirstOrDefault(_root.Has) is { } rpm
        ? Why.Of(rpm, "present, not read: this agent does not read the rpm database yet")
        : Why.Of(Status, "not present: this system does not use dpkg, and no other package manager of a whole system is read");

    private void AddRepositories(Software software)
    {
        var all = AptSources.Read(_root, software.Unseen).Concat(YumRepositories.Read(_root, software.Unseen)).Take(MostRepositories + 1)
            .OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Line).ToList();
        if (all.Count > MostRepositories)
            software.Unseen.Add(Why.Of(all[^1].Path, $"more than {MostRepositories} repositories; the others are left out"));
        software.Repositories.AddRange(all.Take(MostRepositories));
    }

    private static int ByNameArchitectureAndManager(Package one, Package other)
    {
        var names = string.CompareOrdinal(one.Name, other.Name);
        if (names != 0) return names;
        var architectures = string.CompareOrdinal(one.Architecture, other.Architecture);
        return architectures != 0 ? architectures : one.Manager.CompareTo(other.Manager);
    }
}
