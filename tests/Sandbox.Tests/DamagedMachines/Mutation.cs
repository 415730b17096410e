using CsCheck;

namespace Sandbox.Tests.DamagedMachines;

/// <summary>Changes bytes as a disk, an editor or somebody ill-willed would.</summary>
internal static class Mutation
{
    private static readonly byte[][] Words =
    [
        [0], [0xFF, 0xFE], [0xC3, 0x28], "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\\\n"u8.ToArray(), "="u8.ToArray(), ":"u8.ToArray(), "::::::::"u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(),
        "[["u8.ToArray(), "("u8.ToArray(), "*"u8.ToArray(), "@include /etc/sudoers\n"u8.ToArray(), "Include /etc/ssh/sshd_config\n"u8.ToArray(), "-1"u8.ToArray(), "99999999999999999999999"u8.ToArray(),
        "9223372036854775807"u8.ToArray(), "1e309"u8.ToArray(), "%n%s"u8.ToArray(), "../../../../etc/shadow"u8.ToArray(), "\u2028"u8.ToArray(), new byte[70_000],
    ];

    /// <summary>One to eight changes, one upon the other.</summary>
    public static byte[] Of(byte[] bytes, byte[] other, PCG chance)
    {
        for (var left = 1 + chance.Next(8); left > 0; left--) bytes = Once(bytes, other, chance);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, PCG chance)
    {
        var at = Below(bytes.Length, chance);
        var end = at + Below(Math.Min(bytes.Length - at, 400), chance);
        switch (chance.Next(7))
        {
            case 0: return [.. bytes[..at], (byte)chance.Next(256), .. bytes[Math.Min(at + 1, bytes.Length)..]];
            case 1: return [.. bytes[..at], .. bytes[end..]];
            case 2: return [.. bytes[..end], .. bytes[at..]];
            case 3: return [.. bytes[..at], .. Words[chance.Next((uint)Words.Length)], .. bytes[at..]];
            case 4: return bytes[..at];
            case 5: return [.. bytes[..at], .. other[Below(other.Length, chance)..], .. bytes[end..]];
            default: return [.. bytes[at..], .. bytes[..at]];
        }
    }

    private static int Below(int end, PCG chance) => end <= 0 ? 0 : (int)chance.Next((uint)end);
}
