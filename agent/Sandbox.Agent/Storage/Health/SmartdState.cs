using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Storage.Health;

/// <summary>
/// What smartd last wrote down of a disk: lines of "key = value" that everybody may read (write_dev_state in smartd.cpp of smartmontools). It leaves out
/// every value of 0, and the disk's verdict is not in it.
/// </summary>
internal static partial class SmartdState
{
    private const string Folder = "var/lib/smartmontools";

    /// <summary>Of the disk with this serial number. Null: smartd has written nothing down.</summary>
    public static DiskHealth? Find(RootFolder root, string serial, bool? isSolidState)
    {
        if (serial.Length == 0 || !root.Has(Folder)) return null;
        // Everything but letters and digits is an underscore there.
        var wanted = NoName().Replace(serial, "_");
        var name = root.List(Folder, out _).FirstOrDefault(one => FileName().Match(one) is { Success: true } match && match.Groups["serial"].Value == wanted);
        if (name is null || !root.TryRead($"{Folder}/{name}", out var text, out _)) return null;
        if (Parse(text, name.EndsWith(".nvme.state", StringComparison.Ordinal), isSolidState) is not { } health) return null;
        if (FileState.Of(root.Resolve($"{Folder}/{name}")) is { } state) health.WrittenAt = Timestamp.FromDateTimeOffset(state.ChangedAt);
        return health;
    }

    /// <summary>What a file says. Null: nothing of the disk's health.</summary>
    public static DiskHealth? Parse(string text, bool isNvme, bool? isSolidState)
    {
        var said = Values(text);
        var health = new DiskHealth { Source = DiskHealth.Types.Source.Smartd };
        if (!isNvme) return Attributes(said) is { Count: > 0 } attributes ? Described(attributes, health, isSolidState) : null;
        // Since smartmontools 7.5. No disk has a spare of 0 for long, and beside it what is missing is 0.
        if (!said.TryGetValue("nvme-available-spare", out var spare) || spare > 100) return null;
        (health.AvailableSparePercent, health.UsedLifePercent) = ((uint)spare, (uint)Math.Min(said.GetValueOrDefault("nvme-percentage-used"), byte.MaxValue));
        health.MediaErrors = said.GetValueOrDefault("nvme-media-errors");
        return health;
    }

    private static Dictionary<string, ulong> Values(string text)
    {
        var said = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
            if (line.Split('=', 2) is [var key, var value] && ulong.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) said[key.Trim()] = number;
        return said;
    }

    private static DiskHealth Described(Dictionary<byte, AtaAttribute> attributes, DiskHealth health, bool? isSolidState)
    {
        AtaAttributes.Describe(attributes, health, isSolidState);
        return health;
    }

    private static Dictionary<byte, AtaAttribute> Attributes(Dictionary<string, ulong> said)
    {
        var found = new Dictionary<byte, AtaAttribute>();
        for (var i = 0; i < AtaAttributes.Most; i++)
        {
            if (!said.TryGetValue($"ata-smart-attribute.{i}.id", out var id) || id is 0 or > byte.MaxValue) continue;
            found[(byte)id] = new((byte)said.GetValueOrDefault($"ata-smart-attribute.{i}.val"), said.GetValueOrDefault($"ata-smart-attribute.{i}.raw"));
        }
        return found;
    }

    [GeneratedRegex("[^0-9A-Za-z]")]
    private static partial Regex NoName();

    // smartd.MODEL-SERIAL.ata.state, and smartd.MODEL-SERIAL-n1.nvme.state where a namespace is watched.
    [GeneratedRegex(@"^smartd\.\w*-(?<serial>\w+)(-n\d+)?\.(ata|nvme)\.state$", RegexOptions.ExplicitCapture)]
    private static partial Regex FileName();
}
