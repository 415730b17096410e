using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sandbox.Protocol;
using Sandbox.Server.Export;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Api;

/// <summary>The evidence log for programs with a token, over gRPC.</summary>
internal sealed class EvidenceService(EntryFeed feed, OpenReadings open, CosignedCheckpoint newest, SandboxDb db) : Protocol.Evidence.EvidenceBase
{
    private const string Address = "sandbox.v1.Evidence";

    /// <inheritdoc/>
    public override async Task Read(ReadEntries request, IServerStreamWriter<EvidenceEntry> responseStream, ServerCallContext context)
    {
        var (token, ct) = (TokenOf(context), context.CancellationToken);
        var reading = new Reading(token, await FilterAsync(request, ViewerOf(context), ct), $"{Address}/Read");
        using var place = open.TryOpen(token) ?? throw Fault(StatusCode.ResourceExhausted, $"{OpenReadings.MostOfOne} readings of this token are open: close one first.");
        // Who follows knows at once that they are let in, and not with the first entry.
        await context.WriteResponseHeadersAsync([]);
        try
        {
            await foreach (var entry in feed.ReadAsync(reading, ct))
                if (entry is not null) await responseStream.WriteAsync(Of(entry), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Fault(StatusCode.Unavailable, "The server stops: read on after the last index that came.");
        }
        catch (LostRightsException lost)
        {
            throw Fault(StatusCode.Unauthenticated, lost.Message);
        }
    }

    /// <inheritdoc/>
    public override async Task<EvidenceEntry> Get(GetEntry request, ServerCallContext context)
    {
        var viewer = ViewerOf(context);
        if (request.Index > long.MaxValue || await feed.OneAsync((long)request.Index, viewer, $"{Address}/Get", context.CancellationToken) is not { } entry)
            throw Fault(StatusCode.NotFound, $"There is no entry {request.Index} under a checkpoint, or it is not for you.");
        return Of(entry);
    }

    /// <inheritdoc/>
    public override Task<CheckpointNote> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context) => newest.Current is { } checkpoint
        ? Task.FromResult(new CheckpointNote { Note = ByteString.CopyFrom(checkpoint.Note) })
        : throw Fault(StatusCode.NotFound, "There is no checkpoint yet: nothing was logged.");

    private async Task<EntryFilter> FilterAsync(ReadEntries asked, Viewer viewer, CancellationToken ct)
    {
        try
        {
            var person = asked.PersonCase switch
            {
                ReadEntries.PersonOneofCase.PersonId => LogId.From(asked.PersonId) ?? throw new SetupException("person_id has 16 bytes."),
                ReadEntries.PersonOneofCase.PersonName => await EntryQuery.PersonAsync(db, asked.PersonName, viewer, ct),
                _ => (Guid?)null,
            };
            if (asked.HasDeviceId && asked.DeviceId.Length != DeviceId.Length) throw new SetupException($"device_id has {DeviceId.Length} bytes.");
            if (asked.HasLimit && asked.Limit == 0) throw new SetupException("limit is at least 1.");
            var scope = ScopeOptions.Of(
                person, asked.HasDeviceId ? DeviceId.From(asked.DeviceId.ToByteArray()) : null, asked.Lines, At(asked.From), At(asked.Until));
            return new EntryFilter(
                scope, EntryFilter.KindOf(asked.HasKind ? asked.Kind : null), asked.HasAfter ? (long)Math.Min(asked.After, long.MaxValue - 1) : null,
                asked.HasLimit ? (long)Math.Min(asked.Limit, long.MaxValue) : null, asked.Follow);
        }
        catch (SetupException fault)
        {
            throw Fault(StatusCode.InvalidArgument, fault.Message);
        }
    }

    private static DateTimeOffset? At(Timestamp? said)
    {
        try
        {
            return said?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw new SetupException("from and until are instants from the year 1 to 9999 (google.protobuf.Timestamp).");
        }
    }

    private static EvidenceEntry Of(LoggedEntry entry)
    {
        var sent = new EvidenceEntry { Index = (ulong)entry.LeafIndex!.Value, Leaf = UnsafeByteOperations.UnsafeWrap(entry.Leaf) };
        if (entry is not { Salt: { } salt, Body: { } body }) return sent;
        sent.Salt = UnsafeByteOperations.UnsafeWrap(salt);
        sent.Body = UnsafeByteOperations.UnsafeWrap(body);
        return sent;
    }

    private static Viewer ViewerOf(ServerCallContext call) => Viewer.Of(call.GetHttpContext().User);

    private static Guid TokenOf(ServerCallContext call) => Guid.Parse(call.GetHttpContext().User.FindFirst(TokenScheme.TokenId)!.Value);

    private static RpcException Fault(StatusCode code, string words) => new(new Status(code, words));
}
