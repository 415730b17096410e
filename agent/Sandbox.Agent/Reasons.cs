using Google.Protobuf.Reflection;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Agent;

/// <summary>Reason codes as reason.proto spells them: <c>CODE_EXPIRED</c>.</summary>
internal static class Reasons
{
    private static EnumDescriptor Descriptor => ReasonReflection.Descriptor.EnumTypes[0];

    /// <summary>The name on the wire; the number for one of a newer server.</summary>
    public static string NameOf(Reason reason) => Descriptor.FindValueByNumber((int)reason)?.Name ?? $"{(int)reason}";

    /// <summary>The reason that the trailer of an error names; unspecified when there is none, or one of a newer server.</summary>
    public static Reason Of(RpcException fault) =>
        fault.Trailers.GetValue(Wire.ReasonTrailer) is { } name && Descriptor.FindValueByName(name) is { } value
            ? (Reason)value.Number
            : Reason.Unspecified;
}
