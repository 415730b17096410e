using Grpc.Core;

namespace Sandbox.Agent.Identity;

/// <summary>What a write to a stream throws when the stream is over.</summary>
internal static class StreamEnd
{
    /// <summary>
    /// Whether the stream is over, which the call's response tells the reason of: it was cancelled, ended with a status, completed, or the connection went under the
    /// write, which shows as the handler's bare "The request was aborted."
    /// </summary>
    public static bool Shows(Exception fault) => fault is OperationCanceledException or RpcException or InvalidOperationException or IOException;
}
