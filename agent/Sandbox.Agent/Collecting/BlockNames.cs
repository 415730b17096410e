namespace Sandbox.Agent.Collecting;

/// <summary>The kernel's names of block devices, found by number, by path and by what device-mapper calls them.</summary>
internal sealed class BlockNames(RootFolder root)
{
    /// <summary>Where every device and partition has a folder, as a link.</summary>
    public const string Folder = "sys/class/block";

    private const int Most = 1000;
    private readonly Lazy<IReadOnlyList<string>> _all = new(() => [.. root.List(Folder, out _).Take(Most)]);

    /// <summary>All of them, sorted; none when the folder cannot be listed.</summary>
    public IReadOnlyList<string> All => _all.Value;

    /// <summary>Whether the running system's devices can be seen at all.</summary>
    public bool AreKnown => root.Has(Folder);

    /// <summary>The folder of a device.</summary>
    public static string At(string name) => $"{Folder}/{name}";

    /// <summary>Of <c>8:2</c>. Null: no such device is listed.</summary>
    public string? OfNumber(string number) => root.Has($"sys/dev/block/{number}") ? Last($"sys/dev/block/{number}") : null;

    /// <summary>Of <c>/dev/sda2</c>, <c>/dev/mapper/home</c> or a link to either. Null: no such device is listed.</summary>
    public string? OfPath(string path)
    {
        if (!path.StartsWith("/dev/", StringComparison.Ordinal)) return null;
        if (path.StartsWith("/dev/mapper/", StringComparison.Ordinal) && Mapped(path["/dev/mapper/".Length..]) is { } mapped) return mapped;
        var name = Last(path);
        return root.Has(At(name)) ? name : null;
    }

    /// <summary>What device-mapper calls it. Null: it is none of its devices.</summary>
    public string? MappedName(string name) => root.Line($"{At(name)}/dm/name");

    /// <summary>Devices that it is made of.</summary>
    public IReadOnlyList<string> Below(string name) => root.Has($"{At(name)}/slaves") ? root.List($"{At(name)}/slaves", out _) : [];

    /// <summary>The file that a loop device stands for, as the kernel has it. Null: it stands for none.</summary>
    public string? FileOf(string name) => root.Line($"{At(name)}/loop/backing_file")?.Replace(" (deleted)", "", StringComparison.Ordinal);

    /// <summary>The disk of a partition. Null: it is none.</summary>
    public string? DiskOf(string name)
    {
        if (!root.Has($"{At(name)}/partition")) return null;
        var at = root.Resolve(At(name));
        return Path.GetFileName(Path.GetDirectoryName(RootFolder.LinkTarget(at) ?? at));
    }

    private string? Mapped(string mapped) => All.FirstOrDefault(name => name.StartsWith("dm-", StringComparison.Ordinal) && MappedName(name) == mapped);

    // Below another root all links are followed already; in the running system the last one is still there.
    private string Last(string path)
    {
        var at = root.Resolve(path);
        return Path.GetFileName(RootFolder.LinkTarget(at) ?? at);
    }
}
