using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Tests.Ingest;

/// <summary>Stretches that the server will never have: one row each.</summary>
public sealed class Gaps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_jump_of_the_sequence_is_a_gap()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(3);

        await talk.SettleAsync(device.Say());

        Assert.Equal(["2-4 Unspecified"], await RowsAsync(server));
        Assert.Equal([1L, 5], await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_jump_asks_the_agent_for_all_its_facts()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(1);

        var answers = await talk.SettleAsync(device.Say());

        Assert.Empty(Assert.Single(answers, x => x.Refresh is not null).Refresh.Facts);
    }

    [Fact]
    public async Task What_the_agent_declares_names_the_cause_of_what_was_noticed()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(3);
        var (from, to) = (ReportingDevice.Start.AddHours(-2), ReportingDevice.Start.AddHours(-1));

        await talk.SettleAsync(device.Write(r => r.Gaps.Add(Lost(2, 4, Gap.Types.Cause.SpoolFull, from, to))));

        Assert.Equal(["2-4 SpoolFull"], await RowsAsync(server));
        var gap = await server.QueryAsync(db => db.Gaps.SingleAsync(Ct));
        Assert.Equal((from, to, ReportingDevice.Start), (gap.LostFrom, gap.LostTo, gap.NoticedAt));
    }

    [Fact]
    public async Task A_declaration_that_comes_later_and_in_another_stream_still_finds_its_gap()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(3);
        await talk.SettleAsync(device.Say());
        server.Time.Advance(TimeSpan.FromHours(1));

        var next = await server.OpenAsync(device);
        await next.SettleAsync(device.Write(r => r.Gaps.Add(Lost(2, 4, Gap.Types.Cause.SpoolFull))));

        Assert.Equal(["2-4 SpoolFull"], await RowsAsync(server));
        Assert.Equal(ReportingDevice.Start, await server.QueryAsync(db => db.Gaps.Select(x => x.NoticedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Two_causes_divide_one_stretch_without_overlap()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(8);

        await talk.SettleAsync(device.Write(r => r.Gaps.Add([Lost(3, 4, Gap.Types.Cause.SpoolFull), Lost(6, 20, Gap.Types.Cause.Refused)])));

        Assert.Equal(["2-2 Unspecified", "3-4 SpoolFull", "5-5 Unspecified", "6-9 Refused"], await RowsAsync(server));
    }

    [Fact]
    public async Task What_the_agent_believes_lost_but_the_server_has_is_no_gap()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        await talk.SettleAsync(device.Say(), device.Say());

        await talk.SettleAsync(device.Write(r => r.Gaps.Add(Lost(1, 3, Gap.Types.Cause.SpoolFull))));

        Assert.Empty(await RowsAsync(server));
    }

    [Fact]
    public async Task A_cause_that_was_named_stands()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);
        device.Lose(2);
        await talk.SettleAsync(device.Write(r => r.Gaps.Add(Lost(2, 3, Gap.Types.Cause.SpoolFull))));

        await talk.SettleAsync(device.Write(r => r.Gaps.Add(Lost(2, 3, Gap.Types.Cause.DiskFull))));

        Assert.Equal(["2-3 SpoolFull"], await RowsAsync(server));
    }

    [Fact]
    public async Task A_loss_that_never_got_a_sequence_is_a_row_of_its_own()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, talk) = await BeginAsync(server);

        await talk.SettleAsync(device.Write(r => r.Gaps.Add(new Gap { Cause = Gap.Types.Cause.DiskFull })));

        Assert.Equal(["- DiskFull"], await RowsAsync(server));
    }

    [Fact]
    public async Task A_spool_that_lost_its_beginning_shows_it()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        device.Lose(9);

        await talk.SettleAsync(device.Say());

        Assert.Equal(["1-9 Unspecified"], await RowsAsync(server));
    }

    private static async Task<(ReportingDevice Device, RunningIngest.Talk Talk)> BeginAsync(RunningIngest server)
    {
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say());
        return (device, talk);
    }

    private static Gap Lost(ulong first, ulong last, Gap.Types.Cause cause, DateTimeOffset? from = null, DateTimeOffset? to = null) => new()
    {
        FirstSequence = first,
        LastSequence = last,
        Cause = cause,
        From = from is { } begin ? Timestamp.FromDateTimeOffset(begin) : null,
        To = to is { } end ? Timestamp.FromDateTimeOffset(end) : null,
    };

    private static Task<List<string>> RowsAsync(RunningIngest server) => server.QueryAsync(async db =>
        (await db.Gaps.OrderBy(x => x.FirstSequence).ToListAsync(Ct)).ConvertAll((ReportGap x) => $"{x.FirstSequence}-{x.LastSequence} {x.Cause}"));
}
