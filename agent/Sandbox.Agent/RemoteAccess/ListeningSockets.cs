using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.RemoteAccess;

/// <summary>TCP sockets that wait for somebody, by the kernel's number of each: /proc/net/tcp and tcp6 (proc(5)).</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";
    private const int Most = 10_000;
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null: there is no such table.</summary>
    public static Dictionary<ulong, string>? Read(RootFolder root)
    {
        if (!root.Has(Tables[0])) return null;
        var found = new Dictionary<ulong, string>();
        foreach (var table in Tables.Where(root.Has))
        {
            try
            {
                using var lines = new ByteLines(root.Resolve(table));
                while (found.Count < Most && lines.Next(out var line))
                {
                    if (Parse(Encoding.ASCII.GetString(line)) is var (inode, address)) found.TryAdd(inode, address);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>Number and address of a line. Null: it does not listen, or is no such line.</summary>
    internal static (ulong Inode, string Address)? Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 10 || fields[3] != Listening || fields[1].Split(':') is not [var host, var port]) return null;
        if (!ulong.TryParse(fields[9], CultureInfo.InvariantCulture, out var inode) || Address(host) is not { } address) return null;
        return ushort.TryParse(port, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? (inode, $"{address}:{number}") : null;
    }

    // Words of four bytes in the machine's own order, which is little-endian wherever .NET runs.
    private static string? Address(string hex)
    {
        if (hex.Length is not (8 or 32) || !hex.All(char.IsAsciiHexDigit)) return null;
        var bytes = Convert.FromHexString(hex);
        for (var at = 0; at < bytes.Length; at += 4)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));
        return bytes.Length == 4 ? new IPAddress(bytes).ToString() : $"[{new IPAddress(bytes)}]";
    }
}
