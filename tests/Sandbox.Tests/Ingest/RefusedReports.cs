using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;

namespace Sandbox.Tests.Ingest;

/// <summary>Reports that will never be stored: each is refused with its reason, and the stream goes on.</summary>
public sealed class RefusedReports
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_malformed_report_in_the_middle_is_refused_and_the_others_are_stored()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var (one, three) = (device.Say(), new SignedReport { Report = ByteString.CopyFromUtf8("\u0008no report") });

        var answers = await talk.SettleAsync(one, three, device.Say());

        var refused = Assert.Single(answers, x => x.ReportRefused is not null).ReportRefused;
        Assert.Equal(Reason.ReportMalformed, refused.Reason);
        Assert.Equal(ReportHash.Of(device.Id, three.Report.Span), refused.Hash.ToByteArray());
        Assert.StartsWith("The report is malformed: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1L, 2], await server.SequencesAsync(device));
    }

    public static TheoryData<string, Action<Report>> Malformed => new()
    {
        { "the epoch has 15 bytes", r => r.Epoch = ByteString.CopyFrom(new byte[15]) },
        { "the sequence is 0", r => r.Sequence = 0 },
        { "the sequence is 9223372036854775808", r => r.Sequence = 1UL << 63 },
        { "collected_at is missing", r => r.CollectedAt = null },
        { "collected_at is missing or out of range", r => r.CollectedAt = new Timestamp { Seconds = -1 } },
        { "collected_at is missing or out of range", r => r.CollectedAt = new Timestamp { Seconds = long.MaxValue } },
        { "collected_at is missing or out of range", r => r.CollectedAt = new Timestamp { Nanos = -1 } },
        { "the salt has 0 bytes", r => r.Salt = ByteString.Empty },
        { "previous_hash has 31 bytes", r => r.PreviousHash = ByteString.CopyFrom(new byte[31]) },
        { "unchanged names 0", r => r.Unchanged.Add(0) },
        { "unchanged names 536870912", r => r.Unchanged.Add(1 << 29) },
        { "a gap has only one of its two ends", r => r.Gaps.Add(new Gap { FirstSequence = 1 }) },
        { "a gap runs from 3 to 2", r => r.Gaps.Add(new Gap { FirstSequence = 3, LastSequence = 2 }) },
        { "a gap runs from 0 to 2", r => r.Gaps.Add(new Gap { FirstSequence = 0, LastSequence = 2 }) },
        { "a gap lies out of the range", r => r.Gaps.Add(new Gap { From = new Timestamp { Seconds = -5 } }) },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task Each_fault_of_form_is_named(string words, Action<Report> fault)
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        var answers = await talk.SettleAsync(device.Write(fault));

        var refused = Assert.Single(answers, x => x.ReportRefused is not null).ReportRefused;
        Assert.Equal(Reason.ReportMalformed, refused.Reason);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Empty(await server.SequencesAsync(device));
    }

    [Fact]
    public async Task A_report_of_another_epoch_than_the_hello_is_refused()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        device.StartEpoch();

        var answers = await talk.SettleAsync(device.Say());

        Assert.Equal(Reason.EpochMismatch, answers[0].ReportRefused.Reason);
    }

    [Fact]
    public async Task A_report_that_is_too_large_is_refused()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);

        var answers = await talk.SettleAsync(device.Say(ReportingDevice.Health(new string('x', Wire.LargestReport))));

        Assert.Equal(Reason.ReportTooLarge, answers[0].ReportRefused.Reason);
    }

    [Fact]
    public async Task A_signature_of_another_key_is_refused()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var report = device.Say();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        report.Signature = ByteString.CopyFrom(ReportHash.Sign(other, ReportHash.Of(device.Id, report.Report.Span)));

        var answers = await talk.SettleAsync(report);

        Assert.Equal(Reason.SignatureInvalid, answers[0].ReportRefused.Reason);
        Assert.Empty(await server.SequencesAsync(device));
    }

    [Fact]
    public async Task An_empty_signature_is_not_taken_for_none()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        var report = device.Say();
        report.Signature = ByteString.Empty;

        var answers = await talk.SettleAsync(report);

        Assert.Equal(Reason.SignatureInvalid, answers[0].ReportRefused.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_report_names_no_hash_and_every_other_does(bool first)
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        if (!first) await talk.SettleAsync(device.Say());

        var answers = await talk.SettleAsync(device.Write(r =>
        {
            if (first) r.PreviousHash = ByteString.CopyFrom(new byte[32]);
            else r.ClearPreviousHash();
        }));

        Assert.Equal(Reason.ChainBroken, answers[0].ReportRefused.Reason);
    }

    [Fact]
    public async Task After_a_refused_report_the_next_one_is_taken_and_the_loss_is_a_gap()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        await talk.SettleAsync(device.Say(), device.Write(r => r.Salt = ByteString.Empty));

        var answers = await talk.SettleAsync(device.Say());

        Assert.Equal(3UL, answers[^1].Acknowledgement.LastSequence);
        var gap = await server.QueryAsync(db => db.Gaps.SingleAsync(Ct));
        Assert.Equal((2L, 2L), (gap.FirstSequence, gap.LastSequence));
    }

    [Fact]
    public async Task A_fact_of_a_newer_agent_is_stored_and_acknowledged()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        byte[] unknown = [0xD2, 0x3E, 0x03, 1, 2, 3];

        var answers = await talk.SettleAsync(device.Say(Fact.Parser.ParseFrom(unknown)));

        Assert.Equal(1UL, Assert.Single(answers, x => x.Acknowledgement is not null).Acknowledgement.LastSequence);
        Assert.DoesNotContain(answers, x => x.ReportRefused is not null);
        var fact = await server.QueryAsync(db => db.Facts.SingleAsync(Ct));
        Assert.Equal(1002, fact.Kind);
        Assert.Equal(unknown, fact.Bytes);
    }

    [Fact]
    public async Task A_field_of_a_newer_agent_stays_in_the_stored_fact()
    {
        await using var server = await RunningIngest.StartAsync();
        var device = await server.EnrolAsync();
        var talk = await server.OpenAsync(device);
        byte[] health = [0x3A, 0x06, 0x0A, 0x01, (byte)'1', 0xC0, 0x3E, 0x05];

        await talk.SettleAsync(device.Say(Fact.Parser.ParseFrom(health)));

        Assert.Equal(health, await server.QueryAsync(db => db.Facts.Select(x => x.Bytes).SingleAsync(Ct)));
    }
}
