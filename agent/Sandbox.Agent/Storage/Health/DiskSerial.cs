using System.Text;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Storage.Health;

/// <summary>A disk's serial number, by which what smartd wrote down is found.</summary>
internal static class DiskSerial
{
    private const string UdevSays = "E:ID_SERIAL_SHORT=";

    /// <summary>Of NVMe and eMMC the kernel says it; of others it is in a page of SCSI (vital product data, 80h), and in udev's notes. Empty: nothing says it.</summary>
    public static string Of(RootFolder root, string name)
    {
        var at = $"sys/block/{name}";
        if (root.Line($"{at}/device/serial") is { } serial) return serial;
        if (Page(root.Resolve($"{at}/device/vpd_pg80")) is { Length: > 0 } paged) return paged;
        if (root.Line($"{at}/dev") is not { } number || !root.TryRead($"run/udev/data/b{number}", out var notes, out _)) return "";
        return notes.Split('\n').FirstOrDefault(line => line.StartsWith(UdevSays, StringComparison.Ordinal))?[UdevSays.Length..].Trim() ?? "";
    }

    // Four bytes of header come first.
    private static string Page(string path)
    {
        if (!File.Exists(path)) return "";
        try
        {
            using var file = RegularFile.Open(path);
            Span<byte> page = stackalloc byte[256];
            var length = RandomAccess.Read(file, page, 0);
            return length <= 4 ? "" : Encoding.ASCII.GetString(page[4..length]).Trim(' ', '\0');
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
