using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Tests.Inventory.Rpm;

/// <summary>Writes headers of packages as rpm stores them.</summary>
internal static class HeaderBytes
{
    /// <summary>Of a package of the usual shape.</summary>
    public static byte[] Of(string name, string version = "1.0", string release = "1", int padding = 0) =>
        Of((1000, name), (1001, version), (1002, release), (1008, 1_700_000_000u), (1011, "Example Corp"), (1022, "x86_64"), (1005, new string('d', padding)));

    /// <summary>Of tags to texts (type 6) or numbers (type 4).</summary>
    public static byte[] Of(params (uint Tag, object Value)[] tags)
    {
        var (index, values) = (new MemoryStream(), new MemoryStream());
        foreach (var (tag, value) in tags)
        {
            while (value is uint && values.Length % 4 != 0) values.WriteByte(0);
            foreach (var number in new[] { tag, value is uint ? 4u : 6u, (uint)values.Length, 1u }) index.Write(Number(number));
            values.Write(value is uint whole ? Number(whole) : [.. Encoding.UTF8.GetBytes((string)value), 0]);
        }
        return [.. Number((uint)tags.Length), .. Number((uint)values.Length), .. index.ToArray(), .. values.ToArray()];
    }

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
