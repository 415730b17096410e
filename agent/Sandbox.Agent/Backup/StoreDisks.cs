using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Backup;

/// <summary>Which disks a folder lies on at the bottom: two volumes of one disk, or a file that stands for a disk, are lost with it.</summary>
internal sealed class StoreDisks(RootFolder root, MountTable? mounts)
{
    private const int Deepest = 16;
    private readonly BlockNames _names = new(root);

    /// <summary>Sorted. Null: it cannot be told. <paramref name="elsewhere"/>: another machine keeps it.</summary>
    public IReadOnlyCollection<string>? Of(string path, out bool elsewhere)
    {
        var mount = mounts?.Holding(path);
        elsewhere = mount is { IsOfAnotherMachine: true };
        if (mount is null || elsewhere) return null;
        var disks = new SortedSet<string>(StringComparer.Ordinal);
        return Device(mount) is { } name && Down(name, disks, 0) ? disks : null;
    }

    /// <summary>Whether the folder shares no disk with any of the others. Null: it cannot be told of one of them.</summary>
    public bool? Apart(IReadOnlyCollection<string> disks, IEnumerable<string> others)
    {
        var all = true;
        foreach (var other in others)
        {
            if (Of(other, out var elsewhere) is not { } theirs) all &= elsewhere;
            else if (theirs.Any(disks.Contains)) return false;
        }
        return all ? true : null;
    }

    private string? Device(Mount mount) => mount.Device.StartsWith("0:", StringComparison.Ordinal) ? _names.OfPath(mount.Source) : _names.OfNumber(mount.Device);

    private bool Down(string name, SortedSet<string> disks, int depth)
    {
        if (depth > Deepest || !root.Has(BlockNames.At(name))) return false;
        if (_names.FileOf(name) is { } file) return mounts?.Holding(file) is { } mount && Device(mount) is { } holding && Down(holding, disks, depth + 1);
        if (_names.Below(name) is { Count: > 0 } below) return below.All(one => Down(one, disks, depth + 1));
        if (_names.DiskOf(name) is { } disk) return Down(disk, disks, depth + 1);
        disks.Add(name);
        return true;
    }
}
