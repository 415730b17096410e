using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>What is written of facts that are told again and again.</summary>
public sealed class KnownFactsTests
{
    private const int Policy = Fact.PasswordPolicyFieldNumber;
    private const int Health = Fact.AgentHealthFieldNumber;

    private static readonly DeviceId Device = DeviceId.New();

    private readonly KnownFacts _known = new(Device, [], Sandbox.Evidence.LabDefault.Policy);
    private long _reports;

    [Fact]
    public void What_is_verified_again_within_a_second_of_what_is_stored_is_not_written()
    {
        _known.Take(ReportingDevice.Policy(14), At(0), Writes());
        var (soon, later) = (Writes(), Writes());

        Assert.Equal(Said.TheSameAMomentAgo, _known.Verify(Policy, At(0.9), soon));
        Assert.Equal(Said.TheSame, _known.Verify(Policy, At(1.2), later));

        Assert.Empty(soon.Verified);
        Assert.Equal(ReportingDevice.Start.AddSeconds(1.2), later.Verified[Policy]);
    }

    [Fact]
    public void Many_moments_are_not_put_off_for_longer_than_a_second()
    {
        _known.Take(ReportingDevice.Policy(14), At(0), Writes());

        var written = Enumerable.Range(1, 30).Where(i => _known.Verify(Policy, At(i * 0.1), Writes()) == Said.TheSame);

        Assert.Equal([10, 20, 30], written);
    }

    [Fact]
    public void A_clock_that_was_set_back_is_written_at_once()
    {
        _known.Take(ReportingDevice.Policy(14), At(3600), Writes());
        var writes = Writes();

        Assert.Equal(Said.TheSame, _known.Verify(Policy, At(10), writes));

        Assert.Equal(ReportingDevice.Start.AddSeconds(10), writes.Verified[Policy]);
    }

    [Fact]
    public void Of_what_was_never_reported_nothing_is_verified_and_nothing_kept()
    {
        var writes = Writes();

        for (var second = 0; second < 10; second += 2) Assert.Equal(Said.TheSameAMomentAgo, _known.Verify(1000, At(second), writes));

        Assert.Empty(writes.Verified);
    }

    [Fact]
    public void Kinds_that_a_device_makes_up_are_kept_up_to_a_bound()
    {
        var taken = Enumerable.Range(1000, 500).Count(kind => _known.Take(Made(kind), At(0), Writes()) == Said.Another);

        Assert.InRange(taken, 64, 200);
        Assert.Equal(Said.Another, _known.Take(ReportingDevice.Policy(14), At(1), Writes()));

        static Fact Made(int kind)
        {
            using var bytes = new MemoryStream();
            using var output = new CodedOutputStream(bytes);
            output.WriteTag(kind, WireFormat.WireType.Varint);
            output.WriteUInt64(1);
            output.Flush();
            return Fact.Parser.ParseFrom(bytes.ToArray());
        }
    }

    [Fact]
    public void Of_a_fact_that_nothing_reads_the_last_of_a_batch_is_written_with_its_own_report()
    {
        var writes = Writes();

        for (var i = 0; i < 5; i++) Assert.Equal(Said.Another, _known.Take(HealthOf(i), At(i), writes));
        Assert.Equal(Said.TheSame, _known.Take(HealthOf(4), At(5), writes));
        _known.Write(writes);

        var row = Assert.Single(writes.Facts).Value;
        Assert.Equal((Health, 5L, ReportingDevice.Start.AddSeconds(4), ReportingDevice.Start.AddSeconds(5)), (row.Kind, row.ReportId, row.ChangedAt, row.VerifiedAt));
        Assert.Equal(HealthOf(4), Fact.Parser.ParseFrom(row.Bytes));
        Assert.True(writes.Changed);
    }

    [Fact]
    public void A_fact_that_nothing_reads_is_known_again_in_the_next_batch()
    {
        var (first, second) = (Writes(), Writes());
        _known.Take(HealthOf(1), At(0), first);
        _known.Write(first);

        var said = _known.Take(HealthOf(1), At(60), second);
        _known.Write(second);

        Assert.Equal(Said.TheSame, said);
        Assert.Empty(second.Facts);
        Assert.Equal(ReportingDevice.Start.AddSeconds(60), second.Verified[Health]);
        Assert.False(second.Changed);
    }

    private static Fact HealthOf(int cpu) => new() { AgentHealth = new AgentHealth { CpuSeconds = cpu } };

    private static StreamWrites Writes() => new() { Device = Device, Session = 1, Serial = [1], Epoch = [] };

    private StoredReport At(double seconds) => new()
    {
        Id = ++_reports,
        DeviceId = Device,
        Epoch = [],
        Sequence = _reports,
        CollectedAt = ReportingDevice.Start.AddSeconds(seconds),
        ReceivedAt = ReportingDevice.Start.AddSeconds(seconds),
        Bytes = [],
    };
}
