using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Backup;

/// <summary>What makes backups on a Linux system, where they lie, and what shows that the last one succeeded.</summary>
internal sealed class LinuxBackup(string root) : ICollector
{
    private const int MostJobs = 100;
    private const int MostHomes = 200;
    private readonly RootFolder _root = new(root);

    public string Name => "backup";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Backup];

    // A backup that ends changes its store, which may lie anywhere.
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    // A timer leaves its stamp when it starts something.
    public IReadOnlyList<string> Watches { get; } = [.. UnitJobs.Watches, .. CronFiles.Watches, Rsnapshot.Settings, Timeshift.Settings, "timeshift/snapshots"];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var fact = new Protocol.Backup();
        var unseen = new UnseenNotes(fact.Unseen);
        var mounts = MountTable.Read(_root, unseen);
        fact.Installed.AddRange(BackupPrograms.Installed(_root));
        if (BackupPrograms.Unread(_root) is { } unread) unseen.Add(unread);
        var jobs = new UnitJobs(_root, unseen, ct).Read().Concat(CronJobs.Read(_root, unseen, ct)).Concat(Rsnapshot.Read(_root, unseen)).Concat(Timeshift.Read(_root, unseen))
            .OrderBy(job => job.Path, StringComparer.Ordinal).ThenBy(job => job.Line).ToList();
        if (jobs.Count > MostJobs) unseen.Add(Why.Of("/etc", $"more than {MostJobs} lines make backups; the others are left out"));
        fact.Jobs.AddRange(jobs.Take(MostJobs));
        var stores = new Stores(_root, mounts, unseen, ct);
        foreach (var job in fact.Jobs) stores.Add(job);
        foreach (var home in Homes()) stores.AddOf(home);
        stores.AddTimeshift();
        fact.Stores.AddRange(stores.Sorted());
        unseen.Close();
        return new([new Fact { Backup = fact }]);
    }

    private IEnumerable<string> Homes() => ["/root", .. _root.Has("/home") ? _root.List("/home", out _).Take(MostHomes).Select(name => $"/home/{name}") : []];
}
