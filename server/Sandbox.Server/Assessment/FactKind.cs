using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Server.Assessment;

/// <summary>The field number of a fact in <see cref="Fact"/>, also of one that only newer builds know.</summary>
internal static class FactKind
{
    /// <summary>The field number; 0: the fact is empty.</summary>
    public static int Of(Fact fact)
    {
        if (fact.KindCase != Fact.KindOneofCase.None) return (int)fact.KindCase;
        var bytes = fact.ToByteArray();
        using var input = new CodedInputStream(bytes);
        return bytes.Length == 0 ? 0 : WireFormat.GetTagFieldNumber(input.ReadTag());
    }
}
