using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Sandbox.Agent.Collecting;

/// <summary>A line of /proc/net/tcp, tcp6, udp or udp6, as proc(5) describes them.</summary>
/// <param name="Address">The local address.</param>
/// <param name="Port">The local port.</param>
/// <param name="State">The kernel's number; those of udp are borrowed from tcp.</param>
/// <param name="Inode">The socket's number, by which its holders are found.</param>
internal sealed record BoundSocket(IPAddress Address, int Port, int State, ulong Inode)
{
    // Numbers of net/tcp_states.h.
    private const int Listen = 10;
    private const int Close = 7;

    /// <summary>It is one of TCP that listens.</summary>
    public bool Listens => State == Listen && Port != 0;

    /// <summary>It is one of UDP that has no peer, so that it waits for anybody.</summary>
    public bool HasNoPeer => State == Close && Port != 0;

    /// <summary>sl local rem st queues timer retransmits uid timeout inode. Null: no such line.</summary>
    public static BoundSocket? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length > 512) return null;
        var words = Encoding.ASCII.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 10 || words[1].Split(':') is not [var address, var port] || !Hex(port, out var number) || number > ushort.MaxValue) return null;
        if (!Hex(words[3], out var state) || AddressOf(address) is not { } local) return null;
        return ulong.TryParse(words[9], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? new BoundSocket(local, (int)number, (int)state, inode)
            : null;
    }

    // One or four words of 32 bits, each as the processor holds it; those that run .NET are little-endian.
    private static IPAddress? AddressOf(string text)
    {
        if (text.Length is not (8 or 32)) return null;
        var bytes = new byte[text.Length / 2];
        for (var at = 0; at < text.Length; at += 8)
        {
            if (!Hex(text.Substring(at, 8), out var word)) return null;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at / 2), word);
        }
        return new IPAddress(bytes);
    }

    private static bool Hex(string text, out uint number) => uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
