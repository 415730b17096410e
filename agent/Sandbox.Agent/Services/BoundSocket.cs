using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Transport = Sandbox.Protocol.ListeningSocket.Types.Protocol;

namespace Sandbox.Agent.Services;

/// <summary>A line of /proc/net/tcp, tcp6, udp or udp6, as proc(5) describes them.</summary>
/// <param name="Protocol">The file it stands in.</param>
/// <param name="Address">The local address.</param>
/// <param name="Port">The local port.</param>
/// <param name="State">The kernel's number; those of udp are borrowed from tcp.</param>
/// <param name="Inode">The socket's number, by which its holders are found.</param>
internal sealed record BoundSocket(Transport Protocol, IPAddress Address, int Port, int State, ulong Inode)
{
    // Numbers of net/tcp_states.h.
    private const int Listen = 10;
    private const int Close = 7;

    /// <summary>It waits for anybody: a TCP socket that listens, a UDP socket without a peer.</summary>
    public bool Waits => State == (Protocol == Transport.Tcp ? Listen : Close) && Port != 0;

    /// <summary>sl local rem st queues timer retransmits uid timeout inode. Null: no such line.</summary>
    public static BoundSocket? Parse(Transport protocol, ReadOnlySpan<byte> line)
    {
        if (line.Length > 512) return null;
        var words = Encoding.ASCII.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 10 || words[1].Split(':') is not [var address, var port] || !Hex(port, out var number) || number > ushort.MaxValue) return null;
        if (!Hex(words[3], out var state) || AddressOf(address) is not { } local) return null;
        return ulong.TryParse(words[9], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? new BoundSocket(protocol, local, (int)number, (int)state, inode)
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
