using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Encryption.Luks;

/// <summary>What udev wrote down of a device when it came (its database below /run/udev/data), which everybody may read and no disk wakes up for.</summary>
internal sealed class UdevNotes(RootFolder root)
{
    private const string Folder = "run/udev/data";

    /// <summary>udev runs here, so what it does not know is not there.</summary>
    public bool AreThere { get; } = root.Has(Folder);

    /// <summary>Version, uuid and label of a LUKS volume, in this order. Null: it is none.</summary>
    public (string? Version, string? Uuid, string? Label)? Luks(string name)
    {
        if (!AreThere || root.Line($"{BlockNames.At(name)}/dev") is not { } number || number.Contains('/', StringComparison.Ordinal)) return null;
        if (!root.Has($"{Folder}/b{number}") || !root.TryRead($"{Folder}/b{number}", out var text, out _)) return null;
        return Value(text, "ID_FS_TYPE") == "crypto_LUKS" ? (Value(text, "ID_FS_VERSION"), Value(text, "ID_FS_UUID"), Value(text, "ID_FS_LABEL")) : null;
    }

    private static string? Value(string text, string name)
    {
        var mark = $"E:{name}=";
        return text.Split('\n').FirstOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal)) is { } line && line.Length is > 0 and < 200 ? line[mark.Length..].Trim() : null;
    }
}
