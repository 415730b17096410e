using System.Runtime.InteropServices;
using static Sandbox.Protocol.FirewallChain.Types;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>
/// A table of iptables-legacy as the kernel keeps it: entries one after the other, chains are stretches of them, jumps are offsets.
/// linux/netfilter_ipv4/ip_tables.h, linux/netfilter_ipv6/ip6_tables.h.
/// </summary>
internal sealed class XtTable
{
    /// <summary>struct ipt_getinfo: name, valid hooks, five entry points, five underflows, number of entries, their size.</summary>
    public const int InfoLength = 84;

    private const int MostEntries = 50_000;
    private const int EntryPoints = 36;
    private const int Underflows = 56;
    private readonly byte[] _bytes;
    private readonly bool _ipv6;
    private readonly Table _table;

    private XtTable(byte[] bytes, bool ipv6, string name) =>
        (_bytes, _ipv6, _table) = (bytes, ipv6, new Table(Engine.Legacy, ipv6 ? Families.IPv6 : Families.IPv4, name));

    /// <summary>Bytes of the entries.</summary>
    public static uint Size(ReadOnlySpan<byte> info) => MemoryMarshal.Read<uint>(info[80..]);

    /// <summary>The table with its chains. Null: the bytes are none.</summary>
    public static Table? Read(byte[] bytes, bool ipv6, string name)
    {
        if (bytes.Length < InfoLength) return null;
        var table = new XtTable(bytes, ipv6, name);
        return table.Chains() ? table._table : null;
    }

    private bool Chains()
    {
        var (chain, last) = ((Chain?)null, -1);
        var count = 0;
        for (var at = InfoLength; at < _bytes.Length;)
        {
            if (XtEntry.At(_bytes, at, _ipv6) is not { } entry || ++count > MostEntries) return false;
            var offset = (uint)(at - InfoLength);
            if (Begins(offset) is { } hook)
            {
                chain = BuiltIn(hook);
                last = (int)Word(Underflows + 4 * hook);
                _table.Chains[chain.Name] = chain;
            }
            else if (entry.TargetName == "ERROR")
            {
                // The name of the chain that follows; the last one ends the table. Jumps lead to the entry behind it.
                chain = new Chain(_table, Name(entry.NextOffset + offset));
                last = -1;
                _table.Chains[chain.Name] = chain;
                _table.Chains.TryAdd(entry.ChainName, chain);
                at += entry.NextOffset;
                continue;
            }
            if (chain is not null && offset != last) chain.Rules.Add(new XtRule(_bytes, at, offset, _ipv6));
            at += entry.NextOffset;
        }
        return _table.Chains.Count > 0;
    }

    /// <summary>What chains are called here: jumps know only offsets.</summary>
    public static string Name(long offset) => FormattableString.Invariant($"chain at {offset}");

    private Chain BuiltIn(int hook)
    {
        var policy = XtEntry.At(_bytes, InfoLength + (int)Math.Min(Word(Underflows + 4 * hook), int.MaxValue / 2), _ipv6);
        return new Chain(_table, ((Hook)hook).ToString().ToUpperInvariant())
        {
            Hook = (uint)hook,
            Accepts = policy?.Verdict switch { XtEntry.Accept => true, XtEntry.Drop => false, _ => null },
        };
    }

    private int? Begins(uint offset)
    {
        var hooks = Word(32);
        for (var hook = 0; hook < 5; hook++)
            if ((hooks & (1u << hook)) != 0 && Word(EntryPoints + 4 * hook) == offset) return hook;
        return null;
    }

    private uint Word(int at) => MemoryMarshal.Read<uint>(_bytes.AsSpan(at));
}
