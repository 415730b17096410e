using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Tests.DataEncryption;

/// <summary>LUKS headers as cryptsetup 2.6 writes them, with whatever is to be said in them.</summary>
internal static class HeaderBytes
{
    public const string Uuid = "58c95765-48d0-49b3-9b0e-14f63f30c76d";

    // From a volume of cryptsetup 2.6.1: luksFormat --type luks2, then luksAddKey with argon2id; salts, digests and areas shortened.
    private const string Json = """
        {"keyslots":{"0":{"type":"luks2","key_size":64,"af":{"type":"luks1","stripes":4000,"hash":"sha256"},"area":{"type":"raw","offset":"32768","size":"258048","encryption":"aes-xts-plain64","key_size":64},
        "kdf":{"type":"pbkdf2","hash":"sha256","iterations":1000,"salt":"LEwt6gt+fqciCA=="}},"1":{"type":"luks2","key_size":64,"kdf":{"type":"argon2id","time":4,"memory":32,"cpus":1,"salt":"K4tp"}}},
        "tokens":TOKENS,"segments":SEGMENTS,"digests":{"0":{"type":"pbkdf2","keyslots":["0","1"],"segments":["0"],"hash":"sha256","iterations":1000,"salt":"jwVKbr+W","digest":"vDr6FZiz"}},
        "config":{"json_size":"12288","keyslots_size":"16744448"}}
        """;

    public static byte[] Luks2(string? segments = null, string tokens = "{}", string label = "", int size = 16384)
    {
        var json = Json.Replace("SEGMENTS", segments ?? Segment("crypt", "aes-xts-plain64"), StringComparison.Ordinal).Replace("TOKENS", tokens, StringComparison.Ordinal);
        var bytes = new byte[size];
        Magic(bytes, 2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), (ulong)size);
        Encoding.UTF8.GetBytes(label).CopyTo(bytes, 24);
        "sha256"u8.CopyTo(bytes.AsSpan(72));
        Encoding.ASCII.GetBytes(Uuid).CopyTo(bytes, 168);
        Encoding.UTF8.GetBytes(json).CopyTo(bytes, 4096);
        SHA256.HashData(bytes).CopyTo(bytes, 448);
        return bytes;
    }

    public static byte[] Luks1(string cipher = "aes")
    {
        var bytes = new byte[4096];
        Magic(bytes, 1);
        Encoding.ASCII.GetBytes(cipher).CopyTo(bytes, 8);
        "xts-plain64"u8.CopyTo(bytes.AsSpan(40));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(108), 64);
        Encoding.ASCII.GetBytes(Uuid).CopyTo(bytes, 168);
        for (var slot = 0; slot < 8; slot++) BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(208 + slot * 48), slot == 2 ? 0x00AC71F3u : 0x0000DEADu);
        return bytes;
    }

    public static string Segment(string type, string cipher, string flags = "[]") =>
        $$$"""{"0":{"type":"{{{type}}}","offset":"16777216","size":"dynamic","iv_tweak":"0","encryption":"{{{cipher}}}","sector_size":512,"flags":{{{flags}}} } }""";

    private static void Magic(byte[] bytes, byte version) => ((byte[])[(byte)'L', (byte)'U', (byte)'K', (byte)'S', 0xBA, 0xBE, 0, version]).CopyTo(bytes, 0);
}
