using System.Globalization;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>
/// Which repository a deb package is from: the one whose list has it. The lists are long (Debian's own: 64,000 packages), so they are read again only
/// when one of them is another file than it was, or other packages are installed.
/// </summary>
internal sealed class AptOrigins(RootFolder root)
{
    private static readonly string[] Compressed = [".lz4", ".xz", ".gz", ".zst", ".bz2", ".lzma"];

    private (string Lists, int Packages) _read;
    private Origin[]? _origins;

    /// <summary>Sets them in packages that are sorted by name.</summary>
    /// <param name="sorted">The packages.</param>
    /// <param name="repositories">Those of sources.list(5).</param>
    /// <param name="unseen">What keeps them from being known.</param>
    /// <param name="ct">Ends it early.</param>
    public void AddTo(List<Package> sorted, IEnumerable<Repository> repositories, ICollection<Unseen> unseen, CancellationToken ct)
    {
        // Packages of no architecture may have a list of their own.
        var lists = Fetched([.. sorted.Select(one => one.Architecture).Where(one => one.Length > 0).Append("all").Distinct()], repositories, unseen);
        var now = (string.Join('\n', lists.Select(Stamp)), Stamp(sorted));
        if (_origins is null || now != _read || _origins.Length != sorted.Count)
        {
            var faults = unseen.Count;
            _origins = Read(sorted, lists, unseen, ct);
            // What could not be read is tried again, and told again.
            _read = unseen.Count == faults ? now : default;
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
                while (stanzas.Next(ct, out var index, out var isVersion))
                {
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

    private string Stamp(AptListFile list)
    {
        var file = new FileInfo(root.Resolve(list.Path));
        return string.Create(CultureInfo.InvariantCulture, $"{list.Path} {list.Repository} {(file.Exists ? file.Length : -1)} {(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}");
    }

    // dpkg replaces its list many times while apt runs, so what was read counts, and not when.
    private static int Stamp(List<Package> sorted)
    {
        var stamp = new HashCode();
        foreach (var one in sorted) stamp.Add((one.Name, one.Version, one.Architecture));
        return stamp.ToHashCode();
    }

    private static string NameOf(AptListFile list) => list.Path[(AptListFile.Folder.Length + 1)..];

    private readonly record struct Origin(string? Repository, bool HasVersion);
}
