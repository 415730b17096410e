using Google.Protobuf;
using Grpc.Core;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Api;

/// <summary>The evidence log over gRPC.</summary>
public sealed class ReadingByCalls : ApiTest
{
    [Fact]
    public async Task A_stream_of_entries_can_be_checked_by_who_reads_it()
    {
        await EvidenceAsync();
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var read = await ReadAsync(token, new ReadEntries());

        Assert.Equal(Enumerable.Range(0, read.Count).Select(i => (ulong)i), read.Select(entry => entry.Index));
        Assert.All(read, entry => Assert.Equal(LogEntry.Parse(entry.Leaf.ToByteArray()).Commitment, LogEntry.Commit(entry.Salt.ToByteArray(), entry.Body.ToByteArray())));
        var checkpoint = Checkpoint.Parse(SignedNote.Parse((await Calls().GetCheckpointAsync(new GetCheckpointRequest(), With(token))).Note.ToByteArray()).Text);
        Assert.Equal(await RootAsync(read), checkpoint.Root);
    }

    [Fact]
    public async Task It_is_narrowed_and_resumed_as_in_JSON()
    {
        await EvidenceAsync();
        await EvidenceAsync(await PersonAsync("noor", Roles.Apprentice), "bench-of-noor");
        await EvidenceAsync(device: "lab-08", line: "4.6");
        var token = await AuditorsTokenAsync();
        await PublishedAsync();

        var all = await ReadAsync(token, new ReadEntries { PersonName = "elif", Kind = "evidence" });
        var rest = await ReadAsync(token, new ReadEntries { PersonId = LogId.Of(Apprentice.Id), Kind = "evidence", After = all[0].Index });
        var line = await ReadAsync(token, new ReadEntries { Lines = { "4.6" }, Limit = 1 });

        Assert.Equal((2, all[1].Index, all[1].Index), (all.Count, Assert.Single(rest).Index, Assert.Single(line).Index));
    }

    [Fact]
    public async Task Who_follows_gets_what_is_logged_from_now_on()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        using var call = Calls().Read(new ReadEntries { Kind = "evidence", Follow = true }, With(token));
        await call.ResponseHeadersAsync;

        await EvidenceAsync();
        var next = call.ResponseStream.MoveNext(Ct);
        while (!next.IsCompleted) await TickAsync();

        Assert.True(await next);
        Assert.Equal("1.3", LogBody.Parser.ParseFrom(call.ResponseStream.Current.Body).Evidence.Line);
    }

    [Fact]
    public async Task A_feed_ends_when_its_token_is_taken_back()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        using var call = Calls().Read(new ReadEntries { Kind = "evidence", Follow = true }, With(token));
        await call.ResponseHeadersAsync;

        Server.Time.Advance(TimeSpan.FromDays(31));
        var next = call.ResponseStream.MoveNext(Ct);
        while (!next.IsCompleted) await TickAsync();
        var fault = await Assert.ThrowsAsync<RpcException>(() => next);

        Assert.Equal(StatusCode.Unauthenticated, fault.StatusCode);
    }

    [Fact]
    public async Task A_token_has_so_many_readings_open_and_no_more()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        var calls = Enumerable.Range(0, Sandbox.Server.Api.OpenReadings.MostOfOne).Select(_ => Calls().Read(new ReadEntries { Follow = true }, With(token))).ToList();
        foreach (var call in calls) await call.ResponseStream.MoveNext(Ct);

        var fault = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(token, new ReadEntries()));
        calls[0].Dispose();
        var after = await EventuallyAsync(token);

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        Assert.NotEmpty(after);
        calls.ForEach(call => call.Dispose());
    }

    [Fact]
    public async Task An_apprentice_reads_the_own_entries_alone()
    {
        await EvidenceAsync(await PersonAsync("noor", Roles.Apprentice), "bench-of-noor");
        var (token, auditors) = (await TokenAsync(Apprentice), await AuditorsTokenAsync());
        await PublishedAsync();
        var other = Assert.Single(await ReadAsync(auditors, new ReadEntries { Kind = "evidence" })).Index;

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await Calls().GetAsync(new GetEntry { Index = other }, With(token)));

        Assert.Empty(await ReadAsync(token, new ReadEntries { Kind = "evidence", PersonName = "noor" }));
        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said()
    {
        var token = await AuditorsTokenAsync();
        ReadEntries[] wrong =
        [
            new() { Lines = { "9.9" } }, new() { Kind = "gossip" }, new() { PersonName = "nobody" }, new() { PersonId = ByteString.CopyFrom(1) }, new() { DeviceId = ByteString.CopyFrom(1, 2) }, new() { Limit = 0 },
            new() { From = new() { Seconds = long.MaxValue } },
        ];

        foreach (var one in wrong) Assert.Equal((one, StatusCode.InvalidArgument), (one, (await Assert.ThrowsAsync<RpcException>(() => ReadAsync(token, one))).StatusCode));
    }

    private async Task<List<EvidenceEntry>> ReadAsync(string token, ReadEntries asked)
    {
        using var call = Calls().Read(asked, With(token));
        var read = new List<EvidenceEntry>();
        await foreach (var entry in call.ResponseStream.ReadAllAsync(Ct)) read.Add(entry);
        return read;
    }

    // The server notices a moment later that a program left.
    private async Task<List<EvidenceEntry>> EventuallyAsync(string token)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ReadAsync(token, new ReadEntries());
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted && tries < 200)
            {
                await TickAsync();
            }
        }
    }

    private static async Task<byte[]> RootAsync(List<EvidenceEntry> entries)
    {
        var edge = await RightEdge.ReadAsync(0, (_, _, _) => Task.FromResult<byte[]?>(null), Ct);
        foreach (var entry in entries) edge.Append(MerkleHash.Leaf(entry.Leaf.Span));
        return edge.Root();
    }
}
