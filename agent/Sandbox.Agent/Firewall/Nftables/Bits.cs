using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>The expressions bitwise and byteorder: they compute on registers.</summary>
internal static class Bits
{
    /// <summary>NFT_BITWISE_MASK_XOR. False: another operation, which is not understood.</summary>
    public static bool Masked(Registers registers, ReadOnlySpan<byte> data)
    {
        var (from, to, length) = (NetlinkAttributes.Number(data, 1) ?? 0, NetlinkAttributes.Number(data, 2) ?? 0,
            (int)Math.Min(NetlinkAttributes.Number(data, 3) ?? 0, Registers.Length));
        var mask = NftData.Value(NetlinkAttributes.Find(data, 4));
        var flips = NftData.Value(NetlinkAttributes.Find(data, 5));
        if ((NetlinkAttributes.Number(data, 6) ?? 0) != 0 || mask.Length < length || flips.Length < length)
        {
            registers.Set(to, length, Known.Nothing);
            return false;
        }
        var values = registers.Values(from, length);
        var known = registers.Marks(from, length);
        var results = registers.Values(to, length);
        var marks = registers.Marks(to, length);
        for (var i = 0; i < Math.Min(values.Length, results.Length); i++)
        {
            results[i] = (byte)((values[i] & mask[i]) ^ flips[i]);
            // What a mask of zeros leaves is known, whatever it was.
            marks[i] = mask[i] == 0 ? Known.Value : known[i];
            if (mask[i] == 0) results[i] = flips[i];
        }
        return true;
    }

    /// <summary>The order of bytes in words of some size, turned around.</summary>
    public static bool Swapped(Registers registers, ReadOnlySpan<byte> data)
    {
        var (from, to) = (NetlinkAttributes.Number(data, 1) ?? 0, NetlinkAttributes.Number(data, 2) ?? 0);
        var wanted = (int)Math.Min(NetlinkAttributes.Number(data, 4) ?? 0, Registers.Length);
        var length = Math.Min(registers.Values(from, wanted).Length, registers.Values(to, wanted).Length);
        var size = (int)Math.Clamp(NetlinkAttributes.Number(data, 5) ?? 2, 1, 8);
        registers.Values(from, length).CopyTo(registers.Values(to, length));
        registers.Marks(from, length).CopyTo(registers.Marks(to, length));
        for (var at = 0; at + size <= length; at += size)
        {
            registers.Values(to, length).Slice(at, size).Reverse();
            registers.Marks(to, length).Slice(at, size).Reverse();
        }
        return true;
    }
}
