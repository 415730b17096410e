using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption.Luks;

/// <summary>Finds volumes with a LUKS header: those that are open, those that udev knows of, and those that crypttab names.</summary>
internal sealed class LuksVolumes(RootFolder root, BlockNames names, UnseenNotes unseen)
{
    private const int Most = 100;
    private readonly UdevNotes _udev = new(root);
    private readonly SortedDictionary<string, LuksVolume> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, State> _unlike = new(StringComparer.Ordinal);

    /// <summary>Sorted by device.</summary>
    public IEnumerable<LuksVolume> Found => _found.Values.Take(Most);

    /// <summary>State of those that are not wholly encrypted, by uuid without dashes.</summary>
    public IReadOnlyDictionary<string, State> Unlike => _unlike;

    /// <summary>Looks for them.</summary>
    public void Read(IReadOnlyList<CrypttabLine> crypttab, CancellationToken ct)
    {
        var open = Open();
        foreach (var name in names.All)
        {
            ct.ThrowIfCancellationRequested();
            if (_found.Count < Most && (open.ContainsKey(name) || _udev.Luks(name) is not null)) Add(name, $"/dev/{name}", null, open);
        }
        foreach (var line in crypttab) Add(line, open);
    }

    // What each device carries: names below /dev/mapper with LUKS's own mark.
    private Dictionary<string, List<(string Mapped, string Uuid)>> Open()
    {
        var open = new Dictionary<string, List<(string, string)>>(StringComparer.Ordinal);
        foreach (var name in names.All.Where(name => name.StartsWith("dm-", StringComparison.Ordinal)))
        {
            if (root.Line($"{BlockNames.At(name)}/dm/uuid") is not { } uuid || MappedKind.LuksUuid(uuid) is null || names.MappedName(name) is not { } mapped) continue;
            foreach (var below in names.Below(name))
            {
                if (!open.TryGetValue(below, out var carried)) open[below] = carried = [];
                carried.Add((mapped, uuid));
            }
        }
        return open;
    }

    // Only what says that it is LUKS: a plain volume has no header.
    private void Add(CrypttabLine line, Dictionary<string, List<(string Mapped, string Uuid)>> open)
    {
        var header = CrypttabOptions.Value(line.Options, "header") is ['/', ..] detached ? detached : null;
        if (line.DevicePath is not { } path || _found.Count >= Most || line.Key == CrypttabEntry.Types.Key.Random || line.Options.Any(option => option is "plain" or "tcrypt" or "bitlk")) return;
        var name = names.OfPath(path);
        if (header is null && _found.ContainsKey(name ?? path)) return;
        if (root.Has(header ?? path) && (name is not null || FileState.Of(root.Resolve(header ?? path)) is { IsRegular: true })) Add(name ?? path, path, header, open);
    }

    private void Add(string device, string path, string? header, Dictionary<string, List<(string Mapped, string Uuid)>> open)
    {
        var carried = open.GetValueOrDefault(device, []);
        var volume = new LuksVolume { Device = device };
        FromUdev(volume, device);
        // Reading a volume that nobody uses would wake its disk every time.
        if (carried.Count > 0 || header is not null || !_udev.AreThere || device.StartsWith('/')) FromHeader(volume, header ?? path, carried);
        if (names.AreKnown) volume.Open = carried.Count > 0;
        volume.MappedNames.AddRange(carried.Select(one => one.Mapped).Distinct().Order(StringComparer.Ordinal));
        _found[device] = volume;
    }

    private void FromUdev(LuksVolume volume, string device)
    {
        if (device.StartsWith('/') || _udev.Luks(device) is not var (version, uuid, label)) return;
        if (version is "1" or "2") volume.Version = version == "1" ? 1u : 2u;
        if (Guid.TryParse(uuid, out var id)) volume.Uuid = id.ToString();
        if (!string.IsNullOrEmpty(label)) volume.Label = label;
    }

    private void FromHeader(LuksVolume volume, string path, List<(string Mapped, string Uuid)> carried)
    {
        try
        {
            var header = LuksHeader.Read(root.Resolve(path));
            volume.MergeFrom(header.Volume);
            if (header.State == State.Encrypted) return;
            foreach (var (_, uuid) in carried) _unlike[MappedKind.LuksUuid(uuid)!] = header.State;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            unseen.Add(Why.Of(path, fault));
        }
    }
}
