using System.Buffers.Binary;
using System.Text;

namespace Sandbox.Agent.Printing.Ipp;

/// <summary>An answer of IPP: RFC 8010 §3.1. What is in a collection counts as further values of the attribute that holds it.</summary>
/// <param name="Status">RFC 8011 §4.1.8 and appendix B; below 0x100 all went well.</param>
/// <param name="Groups">In the order of the answer.</param>
internal sealed record IppMessage(int Status, IReadOnlyList<IppGroup> Groups)
{
    /// <summary>Nothing of that name is there; for CUPS also: there is no queue at all.</summary>
    public const int NotFound = 0x406;

    private const int HeaderLength = 8;
    private const byte FirstValueTag = 0x10;
    private const int MostGroups = 10_000;
    private const int MostValues = 200_000;

    /// <summary>All went well.</summary>
    public bool IsSuccess => Status < 0x100;

    /// <summary>The caller is not the one who may ask.</summary>
    public bool IsForbidden => Status is 0x401 or 0x402 or 0x403;

    /// <summary>Reads an answer. Null: it is none, or does not end.</summary>
    public static IppMessage? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= HeaderLength || bytes.Span[0] is not (1 or 2)) return null;
        var groups = new List<IppGroup>();
        var (at, values, name) = (HeaderLength, 0, "");
        while (at < bytes.Length)
        {
            var tag = bytes.Span[at++];
            if (tag == IppGroup.End) return new IppMessage(BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[2..]), groups);
            if (tag < FirstValueTag)
            {
                if (groups.Count == MostGroups) return null;
                groups.Add(new IppGroup(tag));
                name = "";
                continue;
            }
            if (groups.Count == 0 || ++values > MostValues || Part(bytes, ref at) is not { } named || Part(bytes, ref at) is not { } value) return null;
            // Further values of an attribute come without its name.
            if (named.Length > 0) name = Encoding.UTF8.GetString(named.Span);
            if (name.Length == 0) return null;
            groups[^1].Add(name, new IppValue(tag, value));
        }
        return null;
    }

    private static ReadOnlyMemory<byte>? Part(ReadOnlyMemory<byte> bytes, ref int at)
    {
        if (bytes.Length - at < sizeof(ushort)) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);
        at += sizeof(ushort);
        if (bytes.Length - at < length) return null;
        at += length;
        return bytes.Slice(at - length, length);
    }
}
