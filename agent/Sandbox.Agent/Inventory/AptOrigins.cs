using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// Which repository a deb package is from: the one whose list has it. The lists are long (Debian's own: 64,000 packages), so they are read again only
/// when one of them or the list of what is installed is another file than it was.
/// </summary>
internal sealed class AptOrigins(RootFolder root)
{
    private static readonly string[] Compressed = [".lz4", ".xz", ".gz", ".zst", ".bz2", ".lzma"];

    private string _read = "";
    private Origin[] _origins = [];

    /// <summary>Sets them in packages that are sorted by name.</summary>
    /// <param name="sorted">The packages.</param>
    /// <param name="status">Where they were read, below the root folder.</param>
    /// <param name="repositories">Those of sources.list(5).</param>
    /// <param name="unseen">What keeps them from being known.</param>
    /// <param name="ct">Ends it early.</param>
    public void AddTo(List<Package> sorted, string status, IEnumerable<Repository> repositories, ICollection<Unseen> unseen, CancellationToken ct)
    {
        var lists = Fetched([.. sorted.Select(one => one.Architecture).Where(one => one is not ("" or "all")).Distinct()], repositories, unseen);
        var now = string.Join('\n', lists.Select(one => one.Path).Prepend(status).Select(Stamp));
        if (now != _read || _origins.Length != sorted.Count)
        {
            _origins = Read(sorted, lists, unseen, ct);
            _read = now;
        }
        for (var i = 0; i < _origins.Length; i++)
        {
            if (_origins[i].Repository is not { } repository) continue;
            if (_origins[i].HasVersion) sorted[i].Repository = repository;
            else sorted[i].OtherVersionsIn = repository;
        }
    }

    private List<AptListFile> Fetched(IReadOnlyCollection<string> architectures, IEnumerable<Repository> repositories, ICollection<Unseen> unseen)
    {
        var wanted = repositories.SelectMany(one => AptListFile.Of(one, architectures)).DistinctBy(one => one.Path).ToList();
        if (wanted.Count == 0) return [];
        var there = root.List(AptListFile.Folder, out var fault).ToHashSet(StringComparer.Ordinal);
        var fetched = wanted.Where(one => there.Contains(NameOf(one))).ToList();
        if (fault is not null && !Why.IsAbsent(fault)) unseen.Add(fault);
        else if (wanted.Any(one => Compressed.Any(ending => there.Contains(NameOf(one) + ending))))
            unseen.Add(Why.Of(AptListFile.Folder, "apt keeps the lists of repositories compressed here, and they are not read; which repository a package is from is left open",
                "sudo sh -c 'echo \"Acquire::GzipIndexes \\\"false\\\";\" >/etc/apt/apt.conf.d/zz-plain-lists; rm -f /var/lib/apt/lists/*_Packages.*; apt-get update'"));
        else if (fetched.Count == 0)
            unseen.Add(Why.Of(AptListFile.Folder, "apt has fetched no list of what its repositories have; which repository a package is from is left open", "sudo apt-get update"));
        return fetched;
    }

    private Origin[] Read(List<Package> sorted, List<AptListFile> lists, ICollection<Unseen> unseen, CancellationToken ct)
    {
        var origins = new Origin[sorted.Count];
        foreach (var list in lists)
        {
            try
            {
                using var stanzas = new AptListStanzas(root.Resolve(list.Path), sorted);
                while (stanzas.Next(out var index, out var isVersion))
                {
                    ct.ThrowIfCancellationRequested();
                    if (origins[index].Repository is null || (isVersion && !origins[index].HasVersion)) origins[index] = new Origin(list.Repository, isVersion);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                unseen.Add(Why.Of(list.Path, fault));
            }
        }
        return origins;
    }

    private string Stamp(string path)
    {
        var file = new FileInfo(root.Resolve(path));
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}") : path;
    }

    private static string NameOf(AptListFile list) => list.Path[(AptListFile.Folder.Length + 1)..];

    private readonly record struct Origin(string? Repository, bool HasVersion);
}
