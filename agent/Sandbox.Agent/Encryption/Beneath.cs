using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption;

/// <summary>Follows one place down to the disks, through device-mapper, RAID, partitions and files that stand for disks.</summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
/// <param name="names">The kernel's devices.</param>
/// <param name="mounts">What is mounted; null: it cannot be seen.</param>
/// <param name="headers">State of open LUKS volumes that are not wholly encrypted, by their uuid without dashes.</param>
internal sealed class Beneath(RootFolder root, BlockNames names, MountTable? mounts, IReadOnlyDictionary<string, State> headers)
{
    private const int Most = 50;
    private readonly Dictionary<string, State> _done = new(StringComparer.Ordinal);
    private readonly SortedSet<Scheme> _by = [];
    private readonly List<string> _liesOn = [];
    private string? _why;

    /// <summary>Fills in what lies below a place.</summary>
    /// <param name="place">Has its path and type.</param>
    /// <param name="fresh">Makes one that has followed nothing yet.</param>
    /// <param name="ask">What to follow.</param>
    public static void Describe(DataPlace place, Func<Beneath> fresh, Func<Beneath, State> ask)
    {
        var beneath = fresh();
        place.State = ask(beneath);
        place.By.AddRange(beneath._by);
        place.LiesOn.AddRange(beneath._liesOn);
        if (beneath._why is { } why) place.Why = why;
    }

    /// <summary>What holds the files of a mount.</summary>
    public State Mounted(Mount mount) => mount.Type switch
    {
        "tmpfs" or "ramfs" => State.Memory,
        "ecryptfs" => By(Scheme.Ecryptfs),
        "fuse.gocryptfs" or "fuse.encfs" or "fuse.cryfs" or "fuse.securefs" => By(Scheme.Fuse),
        _ when mount.IsOfAnotherMachine => State.Elsewhere,
        "zfs" => Cannot($"ZFS tells its own program alone. Type: zfs get encryption {Mount.WithoutSecret(mount.Source)}"),
        "overlay" => Cannot("an overlay, which does not say what it lies on"),
        _ when !mount.Device.StartsWith("0:", StringComparison.Ordinal) => names.OfNumber(mount.Device) is { } name ? Device(name) : Cannot($"/sys/dev/block/{mount.Device}: not present"),
        // btrfs gives its mounts numbers of no device, and may lie on several.
        _ when names.OfPath(mount.Source) is { } name => All(Together(name)),
        _ => Cannot("it names no device of this machine"),
    };

    /// <summary>What a device lies on.</summary>
    public State Device(string name)
    {
        if (_done.TryGetValue(name, out var known)) return known;
        if (_done.Count >= Most) return Cannot($"more than {Most} devices lie below it");
        // Until it is known: a circle ends here.
        _done[name] = State.Unspecified;
        _liesOn.Add(name);
        return _done[name] = Look(name);
    }

    /// <summary>What a file lies on, given by a path without links.</summary>
    public State File(string path) => mounts?.Holding(path) is { } mount ? Mounted(mount) : Cannot("what is mounted cannot be seen");

    /// <summary>It cannot be told.</summary>
    public State Cannot(string why)
    {
        _why ??= why;
        return State.Unspecified;
    }

    private State Look(string name)
    {
        if (name.StartsWith("zram", StringComparison.Ordinal)) return Zram(name);
        if (name.StartsWith("nbd", StringComparison.Ordinal) || name.StartsWith("rbd", StringComparison.Ordinal)) return State.Elsewhere;
        if (name.StartsWith("dm-", StringComparison.Ordinal))
        {
            if (root.Line($"{BlockNames.At(name)}/dm/uuid") is not { } uuid) return Cannot($"{name} does not say what it is. Type: sudo dmsetup table");
            if (MappedKind.SchemeOf(uuid) is { } scheme) return Crypt(name, scheme, uuid);
        }
        if (names.FileOf(name) is { } file) return File(file);
        if (names.Below(name) is { Count: > 0 } below) return All(below);
        if (names.DiskOf(name) is { } disk) return Device(disk);
        return root.Has(BlockNames.At(name)) ? State.Clear : Cannot($"{RootFolder.Shown(BlockNames.At(name))}: not present");
    }

    private State Crypt(string name, Scheme scheme, string uuid)
    {
        // What is below is listed; whether it is encrypted does not matter any more.
        var why = _why;
        foreach (var below in names.Below(name)) Device(below);
        _why = why;
        _by.Add(scheme);
        if (MappedKind.LuksUuid(uuid) is not { } id || !headers.TryGetValue(id, out var state)) return State.Encrypted;
        _why ??= state == State.Clear ? "its LUKS header names the null cipher, which encrypts nothing" : "it is being encrypted or decrypted, or was and stopped";
        return state;
    }

    // Pages may be written back to a disk: zram's backing_dev.
    private State Zram(string name) =>
        root.Line($"{BlockNames.At(name)}/backing_dev") is { } disk and not "none" && names.OfPath(disk) is { } below ? Device(below) : State.Memory;

    private IReadOnlyList<string> Together(string name)
    {
        const string Folder = "sys/fs/btrfs";
        if (!root.Has(Folder)) return [name];
        return root.List(Folder, out _).Take(Most).Select(id => $"{Folder}/{id}/devices").Where(root.Has)
            .Select(folder => root.List(folder, out _)).FirstOrDefault(devices => devices.Contains(name)) ?? [name];
    }

    private State All(IReadOnlyList<string> devices)
    {
        var states = devices.Select(Device).Distinct().ToList();
        if (states.Count == 1) return states[0];
        if (states.Contains(State.Unspecified)) return Cannot("not all devices below it can be seen");
        return states.Contains(State.Encrypted) || states.Contains(State.Partly) ? State.Partly : State.Clear;
    }

    private State By(Scheme scheme)
    {
        _by.Add(scheme);
        return State.Encrypted;
    }
}
