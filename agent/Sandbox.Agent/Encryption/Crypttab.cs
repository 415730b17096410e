using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.CrypttabEntry.Types;

namespace Sandbox.Agent.Encryption;

/// <summary>A line of crypttab(5), as systemd and Debian read it.</summary>
/// <param name="Name">Below /dev/mapper.</param>
/// <param name="Device">As written.</param>
/// <param name="KeyField">The third field; empty where there is none. It may hold anything.</param>
/// <param name="Options">As written, some of which may be secret.</param>
internal sealed record CrypttabLine(string Name, string Device, string KeyField, string[] Options)
{
    /// <summary>How it gets its key.</summary>
    public Key Key => this switch
    {
        _ when CrypttabOptions.Value(Options, "keyscript") is not null => Key.Script,
        { KeyField: "" or "-" or "none" } => Key.Asked,
        { KeyField: "/dev/urandom" or "/dev/random" or "/dev/hw_random" } => Key.Random,
        { KeyField: ['/', ..] } => Key.File,
        _ => Key.Unspecified,
    };

    /// <summary>A path, of a file or of a device. Null: it names a device in another way that leads nowhere here.</summary>
    public string? DevicePath => Device switch
    {
        ['/', ..] => Device,
        _ when Device.StartsWith("UUID=", StringComparison.Ordinal) => $"/dev/disk/by-uuid/{Unquoted(5)}",
        _ when Device.StartsWith("PARTUUID=", StringComparison.Ordinal) => $"/dev/disk/by-partuuid/{Unquoted(9)}",
        _ when Device.StartsWith("LABEL=", StringComparison.Ordinal) => $"/dev/disk/by-label/{Unquoted(6)}",
        _ when Device.StartsWith("PARTLABEL=", StringComparison.Ordinal) => $"/dev/disk/by-partlabel/{Unquoted(10)}",
        _ => null,
    };

    private string Unquoted(int from) => Device[from..].Trim('"');
}

/// <summary>/etc/crypttab.</summary>
internal static class Crypttab
{
    /// <summary>Below the root folder.</summary>
    public const string Path = "etc/crypttab";

    private const int Most = 100;

    /// <summary>Its lines; none when there is no such file.</summary>
    public static List<CrypttabLine> Read(RootFolder root, UnseenNotes unseen)
    {
        var lines = new List<CrypttabLine>();
        if (!root.Has(Path) && RootFolder.LinkTarget(root.Resolve(Path)) is null) return lines;
        if (!root.TryRead(Path, out var text, out var fault))
        {
            unseen.Add(fault);
            return lines;
        }
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.AsSpan().Trim() is [] or ['#', ..]) continue;
            if (lines.Count == Most) return lines;
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var name, var device, .. var rest] && name.Length < 128 && device.Length < 1000)
                lines.Add(new CrypttabLine(name, Mount.Unescape(device), rest.Length > 0 ? Mount.Unescape(rest[0]) : "", rest.Length > 1 ? rest[1].Split(',') : []));
            else unseen.Add(Why.Of(Path, $"line {number} is no entry", "man 5 crypttab says what belongs there"));
        }
        return lines;
    }

    /// <summary>The line in the vocabulary's words.</summary>
    /// <param name="line">What stands there.</param>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    /// <param name="places">Says where a key file lies.</param>
    /// <param name="open">Names below /dev/mapper; null: what is mapped cannot be seen.</param>
    public static CrypttabEntry Describe(CrypttabLine line, RootFolder root, DataPlaces places, IReadOnlySet<string>? open)
    {
        var entry = new CrypttabEntry { Name = line.Name, Device = Mount.WithoutSecret(line.Device), Key = line.Key, Options = { CrypttabOptions.Of(line.Options) } };
        if (open is not null) entry.Open = open.Contains(line.Name);
        if (line.Key != Key.File) return entry;
        entry.KeyFile = line.KeyField;
        if (FileState.Of(root.Resolve(line.KeyField)) is not { } state)
        {
            // Where one may not look it may be there.
            if (System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == 2) entry.KeyFilePresent = false;
            return entry;
        }
        (entry.KeyFilePresent, entry.KeyFileReadableByAll) = (true, state.IsOpenToAll);
        if (places.Of(line.KeyField) is not DataPlace.Types.State.Unspecified and var lies) entry.KeyFileLies = lies;
        return entry;
    }
}
