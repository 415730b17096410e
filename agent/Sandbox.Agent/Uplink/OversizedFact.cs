using System.Globalization;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>What is reported in place of a fact that is larger than any report may be: the same kind, with nothing but the reason.</summary>
internal static class OversizedFact
{
    // Every fact has its `unseen` in this field; one that has none keeps it as an unknown field.
    private const int UnseenField = 100;

    /// <summary>The stand-in of a fact.</summary>
    public static Fact InPlaceOf(Fact fact)
    {
        var megabytes = FactPages.SizeOf(fact) / (1024.0 * 1024.0);
        var unseen = new Unseen
        {
            What = fact.KindCase.ToString(),
            Why = string.Create(CultureInfo.InvariantCulture, $"too large to report: {megabytes:0.0} MiB, a report holds 4 MiB"),
        };
        return Fact.Parser.ParseFrom(Field((int)fact.KindCase, Field(UnseenField, unseen.ToByteArray())));
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(number, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(content));
        }

        return bytes.ToArray();
    }
}
