using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Server.Ingest;

/// <summary>Whether a stream begins as it must.</summary>
internal static class HelloCheck
{
    /// <summary>The hello, or why the stream ends here.</summary>
    /// <param name="message">The first message. Null: none came in time.</param>
    public static (Hello? Hello, StatusCode Status, Reason Reason, string Words) Of(AgentMessage? message) => message switch
    {
        null => No("no hello came"),
        { ContentCase: not AgentMessage.ContentOneofCase.Hello } => No("the first message was none"),
        { Hello: var hello } when !ReportForm.IsEpoch(hello.Epoch) => No($"its epoch has {hello.Epoch.Length} bytes"),
        { Hello: var hello } when !IsSpoken(hello.ProtocolVersion, Wire.ProtocolVersion) => (null, StatusCode.FailedPrecondition,
            Reason.ProtocolUnsupported, $"The agent speaks protocol version {hello.ProtocolVersion}, the server {Wire.ProtocolVersion} and the one before: update the older side."),
        { Hello: var hello } => (hello, StatusCode.OK, Reason.Unspecified, ""),
    };

    /// <summary>Whether a server that speaks <paramref name="server"/> takes an agent that speaks <paramref name="agent"/>: its own version and the one before.</summary>
    public static bool IsSpoken(uint agent, uint server) => agent > 0 && (agent == server || agent + 1 == server);

    private static (Hello?, StatusCode, Reason, string) No(string why) =>
        (null, StatusCode.InvalidArgument, Reason.HelloExpected, $"A stream begins with a hello: {why}.");
}
