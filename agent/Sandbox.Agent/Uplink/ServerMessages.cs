using Microsoft.Extensions.Logging;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Does what the server says on an open stream.</summary>
internal sealed partial class ServerMessages(Cargo cargo, InFlight inFlight, ILogger logger)
{
    private readonly SentReports _sent = new(cargo.Spool, cargo.Signer, inFlight);

    /// <summary>Handles one message; one of a newer server that this agent does not know is passed over.</summary>
    public async Task HandleAsync(ServerMessage message, CancellationToken ct)
    {
        switch (message.ContentCase)
        {
            case ServerMessage.ContentOneofCase.Acknowledgement:
                Acknowledged(message.Acknowledgement);
                break;
            case ServerMessage.ContentOneofCase.ReportRefused:
                await RefusedAsync(message.ReportRefused, ct);
                break;
            case ServerMessage.ContentOneofCase.Settings:
                Set(message.Settings);
                break;
            case ServerMessage.ContentOneofCase.Refresh:
                cargo.Wishes.Refresh.Ask([.. message.Refresh.Facts.Select(kind => (Fact.KindOneofCase)kind)]);
                break;
            case ServerMessage.ContentOneofCase.FaultOrder or ServerMessage.ContentOneofCase.FaultWithdrawn:
                cargo.Faults.Take(message);
                break;
        }
    }

    private void Set(Settings settings)
    {
        if (settings.HasHeartbeatSeconds) cargo.Wishes.SetHeartbeat(TimeSpan.FromSeconds(Math.Clamp(settings.HeartbeatSeconds, 10, 3600)));
        if (settings.HasLiveTraffic) cargo.Live.Wanted = settings.LiveTraffic;
    }

    private void Acknowledged(Acknowledgement acknowledgement)
    {
        cargo.Spool.Acknowledge(inFlight.Acknowledged(acknowledgement.LastSequence));
        if (acknowledgement.HasCheckpoint) cargo.Checkpoint.Keep(acknowledgement.Checkpoint.Span);
    }

    private async Task RefusedAsync(ReportRefused refused, CancellationToken ct)
    {
        var gap = new Gap { Cause = Gap.Types.Cause.Refused };
        var found = _sent.Find(refused.Hash.Span);
        if (found is { } sequence) (gap.FirstSequence, gap.LastSequence) = (sequence, sequence);
        ReportRefused(found, Reasons.NameOf(refused.Reason), refused.Message);
        await cargo.Writer.NoteAsync(gap, ct);
        // No acknowledgement will come for it: whoever waited for one would wait in vain.
        if (found is { } settled) cargo.Spool.Acknowledge(inFlight.Refused(settled));
    }

    [LoggerMessage(1220, LogLevel.Error, "The server will never store report {Sequence}: {Reason}: {Words}")]
    private partial void ReportRefused(ulong? sequence, string reason, string words);
}
