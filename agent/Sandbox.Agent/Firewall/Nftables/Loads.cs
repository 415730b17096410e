using System.Runtime.InteropServices;
using System.Text;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>
/// Expressions that put something of a packet into a register: meta, payload, ct, fib, rt, exthdr. Those that set something of the packet
/// are told by their source register. False: the packet has no such thing, so the rule does not hold.
/// </summary>
internal readonly ref struct Loads(Probe probe, Registers registers)
{
    private const int Widest = 16;
    private const byte Syn = 2;
    private const uint New = 8;
    private const uint LocalAddress = 2;
    private const uint UnicastAddress = 1;
    private readonly Probe _probe = probe;
    private readonly Registers _registers = registers;

    public bool Meta(uint register, uint key)
    {
        switch (key)
        {
            case 1: return Put(register, _probe.IPv6 ? [0x86, 0xdd] : [0x08, 0x00]);
            case 2: return Put(register, 0u);
            case 3: return _probe.Marked ? Put(register, Known.Nothing) : Put(register, 0u);
            case 4: return _probe.ComesIn ? Index(register, _probe.Through) : Put(register, 0u);
            case 5: return _probe.IsLocal ? Put(register, 0u) : Put(register, Known.Elsewhere);
            case 6: return _probe.ComesIn ? Name(register, _probe.Through) : Put(register, new byte[Widest]);
            case 7: return _probe.IsLocal ? Put(register, new byte[Widest]) : Put(register, Known.Elsewhere);
            // The socket's user and group: a packet from outside has none yet.
            case 10 or 11: return !_probe.ComesIn && Put(register, Known.Elsewhere);
            case 15: return Put(register, [_probe.IPv6 ? Families.IPv6 : Families.IPv4]);
            case 16: return Put(register, [_probe.Protocol]);
            // To this host; not through IPsec.
            case 19 or 25: return Put(register, [0]);
            case 20 or 24 or (>= 30 and <= 32): return Put(register, Known.Varies);
            default: return Put(register, Known.Elsewhere);
        }
    }

    public bool Payload(uint register, uint header, uint offset, uint length) => (header, offset, length) switch
    {
        (1, 9, 1) when !_probe.IPv6 => Put(register, [_probe.Protocol]),
        (1, 6, 1) when _probe.IPv6 => Put(register, [_probe.Protocol]),
        // Type of service; not a fragment.
        (1, 1, 1) when !_probe.IPv6 => Put(register, [0]),
        (1, 6, 2) when !_probe.IPv6 => Put(register, [0, 0]),
        (2, 13, 1) when _probe.Protocol == Probe.Tcp => Put(register, [Syn]),
        _ => Put(register, Known.Elsewhere),
    };

    public bool Conntrack(uint register, uint key) => key switch
    {
        0 => Put(register, New),
        // Direction original, no status, no mark, no labels, the default zone.
        1 or 17 => Put(register, 0u),
        2 or 3 => Put(register, 0u),
        13 => Put(register, new byte[Widest]),
        7 => Put(register, [_probe.IPv6 ? Families.IPv6 : Families.IPv4]),
        10 => Put(register, [_probe.Protocol]),
        // No helper, no expiry: nothing follows this connection yet.
        5 or 6 => false,
        _ => Put(register, Known.Elsewhere),
    };

    /// <summary>What the routing table says of an address.</summary>
    public bool Fib(uint register, uint result, uint flags)
    {
        const uint Source = 1, Present = 32, AddressType = 3;
        if (result == AddressType) return Put(register, (flags & Source) == 0 && _probe.IsLocal ? LocalAddress : UnicastAddress);
        // Replies go back the way that the packet came, so filters of the reverse path let it through.
        return (flags & Present) != 0 ? Put(register, 1u) : Put(register, Known.Elsewhere);
    }

    /// <summary>Extension headers and options: it has none.</summary>
    public bool Extension(uint register, bool present) => present && Put(register, 0u);

    private bool Index(uint register, NetworkDevice? device) => device is null ? Put(register, Known.Elsewhere) : Put(register, device.Index);

    private bool Name(uint register, NetworkDevice? device)
    {
        if (device is null) return Put(register, Known.Elsewhere);
        var name = new byte[Widest];
        _ = Encoding.UTF8.TryGetBytes(device.Name, name, out _);
        return Put(register, name);
    }

    private bool Put(uint register, uint number) => Put(register, MemoryMarshal.AsBytes<uint>([number]));

    private bool Put(uint register, ReadOnlySpan<byte> value)
    {
        _registers.Set(register, value);
        return true;
    }

    private bool Put(uint register, Known known)
    {
        _registers.Set(register, Widest, known);
        return true;
    }
}
