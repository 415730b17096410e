using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Server.Assessment;

/// <summary>The field number of a fact in <see cref="Fact"/>, also of one that only newer builds know.</summary>
internal static class FactKind
{
    /// <summary>The field number; 0: the fact is empty.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="bytes">The same, serialised.</param>
    public static int Of(Fact fact, byte[] bytes)
    {
        if (fact.KindCase != Fact.KindOneofCase.None) return (int)fact.KindCase;
        using var input = new CodedInputStream(bytes);
        return bytes.Length == 0 ? 0 : WireFormat.GetTagFieldNumber(input.ReadTag());
    }
}
