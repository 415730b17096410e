using Sandbox.Agent.Collecting;
using Sandbox.Agent.Inventory.Rpm;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>What is installed by dpkg, rpm, Flatpak and snapd, where more would come from, and what the machine is licensed for.</summary>
internal sealed class LinuxSoftware(string root) : ICollector
{
    private const string Status = "var/lib/dpkg/status";
    private const int MostRepositories = 200;

    private readonly RootFolder _root = new(root);
    private readonly AptOrigins _origins = new(new RootFolder(root));

    public string Name => "software";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.Software];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    // dpkg and apt replace these by rename when they are done; what else they do in their folders says nothing yet.
    public IReadOnlyList<string> Watches { get; } =
        [Status, AutomaticPackages.States, .. RpmPackages.Watches, .. AptSources.Watches, AptListFile.Folder, .. YumRepositories.Watches, .. Flatpaks.Watches, .. Snaps.Watches, .. Licences.Watches];

    public async ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var software = new Software();
        AddRepositories(software);
        var packages = Debs(software, ct);
        var debs = packages.Count;
        packages.AddRange(await RpmPackages.ReadAsync(_root, software.Unseen, ct));
        packages.AddRange(Flatpaks.Read(_root, software.Unseen));
        packages.AddRange(Snaps.Read(_root, software.Unseen));
        if (packages.Count > debs) packages.Sort(InOrder);
        software.Packages.Capacity = packages.Count;
        software.Packages.AddRange(packages);
        ct.ThrowIfCancellationRequested();
        software.Licences.AddRange(Licences.Read(_root, software.Unseen));
        return [new Fact { Software = software }];
    }

    private List<Package> Debs(Software software, CancellationToken ct)
    {
        try
        {
            return ReadDebs(software, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (fault is not (FileNotFoundException or DirectoryNotFoundException)) software.Unseen.Add(Why.Of(Status, fault));
            else if (!RpmPackages.IsThere(_root)) software.Unseen.Add(Why.Of(Status, "not present: this system does not use dpkg, nor rpm, and no other package manager of a whole system is read"));
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
        packages.Sort(InOrder);
        DpkgInstallTimes.AddTo(packages, _root, software.Unseen);
        _origins.AddTo(packages, software.Repositories, software.Unseen, ct);
        if (unversioned > 0) software.Unseen.Add(Why.Of(Status, $"{unversioned} entries do not say their version", "Check it: sudo dpkg --audit"));
        return packages;
    }

    private void AddRepositories(Software software)
    {
        var all = AptSources.Read(_root, software.Unseen).Concat(YumRepositories.Read(_root, software.Unseen)).Take(MostRepositories + 1)
            .OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Line).ToList();
        if (all.Count > MostRepositories)
            software.Unseen.Add(Why.Of(all[^1].Path, $"more than {MostRepositories} repositories; the others are left out"));
        software.Repositories.AddRange(all.Take(MostRepositories));
    }

    private static int InOrder(Package one, Package other)
    {
        var names = string.CompareOrdinal(one.Name, other.Name);
        if (names != 0) return names;
        var architectures = string.CompareOrdinal(one.Architecture, other.Architecture);
        if (architectures != 0) return architectures;
        var managers = one.Manager.CompareTo(other.Manager);
        return managers != 0 ? managers : string.CompareOrdinal(one.Version, other.Version);
    }
}
