using System.Buffers.Text;
using System.Text;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Bandwidth;

/// <summary><c>/proc/net/dev</c>: a line for each interface, its name, a colon, eight numbers received and eight sent (proc_net(5)).</summary>
internal static class NetDev
{
    public const string Path = "proc/net/dev";

    /// <summary>Most interfaces that are followed; a host of containers may have thousands.</summary>
    public const int MostInterfaces = 64;

    /// <summary>All but loopback, by name.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Dictionary<string, Counters> Read(RootFolder root)
    {
        var found = new Dictionary<string, Counters>(StringComparer.Ordinal);
        using var lines = new ByteLines(root.Resolve(Path));
        while (found.Count < MostInterfaces && lines.Next(out var line))
            if (Parse(line) is var (name, counters) && name != "lo") found[name] = counters;
        return found;
    }

    // Null: a heading, or a line that is no interface's.
    private static (string Name, Counters Counters)? Parse(ReadOnlySpan<byte> line)
    {
        if (line.LastIndexOf((byte)':') is not (> 0 and var colon)) return null;
        Span<ulong> numbers = stackalloc ulong[16];
        var rest = line[(colon + 1)..];
        foreach (ref var number in numbers)
        {
            rest = rest.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(rest, out number, out var length)) return null;
            rest = rest[length..];
        }
        var name = Encoding.UTF8.GetString(line[..colon].Trim((byte)' '));
        return name.Length == 0 ? null : (name, new Counters(numbers[0], numbers[1], numbers[2], numbers[3], numbers[8], numbers[9], numbers[10], numbers[11]));
    }
}
