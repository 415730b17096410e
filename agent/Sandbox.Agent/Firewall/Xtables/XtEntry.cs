using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>One entry: struct ipt_entry or ip6t_entry, its matches, its target.</summary>
/// <param name="Bytes">The table.</param>
/// <param name="Start">Where the entry begins.</param>
/// <param name="HeaderLength">Of the struct, before matches.</param>
/// <param name="TargetOffset">From its start.</param>
/// <param name="NextOffset">From its start.</param>
internal sealed record XtEntry(byte[] Bytes, int Start, int HeaderLength, ushort TargetOffset, ushort NextOffset)
{
    // Verdicts of plain targets: minus the number of netfilter minus one.
    public const int Drop = -1;
    public const int Accept = -2;
    public const int Return = -5;

    /// <summary>struct xt_entry_match and xt_entry_target: size, name, revision.</summary>
    public const int PartLength = 32;

    private const int IPv4Length = 112;
    private const int IPv6Length = 168;
    private const int IPv4Target = 88;
    private const int IPv6Target = 140;

    /// <summary>The entry's own bytes.</summary>
    public ReadOnlySpan<byte> Span => Bytes.AsSpan(Start, NextOffset);

    /// <summary>Empty: a plain verdict.</summary>
    public string TargetName => Text(Span[(TargetOffset + 2)..(TargetOffset + 31)]);

    /// <summary>Of a target ERROR: the name of the chain that begins behind it.</summary>
    public string ChainName => Text(Span[(TargetOffset + PartLength)..]);

    /// <summary>Of a plain target: an offset to jump to, or below zero a verdict. Null: it has none.</summary>
    public int? Verdict => TargetName.Length == 0 && Span.Length >= TargetOffset + PartLength + 4 ? MemoryMarshal.Read<int>(Span[(TargetOffset + PartLength)..]) : null;

    /// <summary>The entry that begins there. Null: none fits.</summary>
    public static XtEntry? At(byte[] bytes, int at, bool ipv6)
    {
        var header = ipv6 ? IPv6Length : IPv4Length;
        if (at < 0 || at > bytes.Length - header) return null;
        var offsets = bytes.AsSpan(at + (ipv6 ? IPv6Target : IPv4Target));
        var (target, next) = (MemoryMarshal.Read<ushort>(offsets), MemoryMarshal.Read<ushort>(offsets[2..]));
        if (target < header || next < target + PartLength || next > bytes.Length - at) return null;
        return new XtEntry(bytes, at, header, target, next);
    }

    /// <summary>The name of a match or target.</summary>
    public static string PartName(ReadOnlySpan<byte> part) => Text(part[2..31]);

    private static string Text(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
    }
}
