using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>What dpkg has installed, and which of it apt brought in by itself.</summary>
internal sealed class LinuxSoftware(string root) : ICollector
{
    private const string Status = "var/lib/dpkg/status";
    private readonly RootFolder _root = new(root);

    public string Name => "software";

    public IReadOnlyList<Fact.KindOneofCase> Kinds => [Fact.KindOneofCase.Software];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    // dpkg and apt replace these by rename when they are done; what else they do in their folders says nothing yet.
    public IReadOnlyList<string> Watches => [Status, AutomaticPackages.States];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var software = new Software();
        try
        {
            Add(software, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            software.Packages.Clear();
            software.Unseen.Add(fault is FileNotFoundException or DirectoryNotFoundException
                ? Why.Of(Status, "not present: this system does not use dpkg, and no other package manager is read")
                : Why.Of(Status, fault));
        }
        return ValueTask.FromResult<IReadOnlyList<Fact>>([new Fact { Software = software }]);
    }

    private void Add(Software software, CancellationToken ct)
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
        packages.Sort(ByNameThenArchitecture);
        software.Packages.AddRange(packages);
        if (unversioned > 0) software.Unseen.Add(Why.Of(Status, $"{unversioned} entries do not say their version", "Check it: sudo dpkg --audit"));
    }

    private static int ByNameThenArchitecture(Package one, Package other)
    {
        var names = string.CompareOrdinal(one.Name, other.Name);
        return names != 0 ? names : string.CompareOrdinal(one.Architecture, other.Architecture);
    }
}
