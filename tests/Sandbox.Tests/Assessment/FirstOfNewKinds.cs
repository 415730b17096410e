using Google.Protobuf;
using Sandbox.Protocol;
using Sandbox.Server.Assessment;
using Sandbox.Storage.Telemetry;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>What a device said first of a kind that is compared since a newer build only, and of long lists, of which memory keeps a part.</summary>
public sealed class FirstOfNewKinds
{
    private const int Kind = Fact.SoftwareFieldNumber;
    private static readonly DeviceId Device = DeviceId.New();

    [Theory]
    [InlineData(false), InlineData(true)]
    public void What_was_said_last_before_the_newer_build_is_the_beginning(bool software)
    {
        var fact = software ? Packages("bash") : new Fact { Printing = new Printing() };
        var known = new KnownFacts(Device, [Stored(fact)], Sandbox.Evidence.LabDefault.Policy);
        var writes = Writes();

        known.Take(software ? Packages("bash", "nmap") : new Fact { Printing = new Printing { Installed = true, Source = Printing.Types.Source.Asked } }, At(2), writes);
        known.First.Write(writes);

        Assert.Equal(1, known.First.Facts[fact.KindCase]!.ReportId);
        Assert.Equal(1, writes.Facts[-(int)fact.KindCase].ReportId);
    }

    [Fact]
    public void Of_a_long_list_the_store_has_all_and_memory_what_is_looked_at()
    {
        var (known, writes) = (new KnownFacts(Device, [], Sandbox.Evidence.LabDefault.Policy), Writes());

        Assert.Equal(Said.Another, known.Take(Packages("bash", "nmap"), At(1), writes));
        known.Write(writes);

        Assert.Equal(Packages("bash", "nmap"), Fact.Parser.ParseFrom(writes.Facts[Kind].Bytes));
        var kept = known.Facts[Fact.KindOneofCase.Software]!.Fact.Software.Packages;
        Assert.Equal([("bash", false), ("nmap", false)], kept.Select(one => (one.Name, one.HasArchitecture)));
    }

    [Fact]
    public void The_same_list_again_is_the_same_after_a_restart_as_well()
    {
        var known = new KnownFacts(Device, [Stored(Packages("bash", "nmap"))], Sandbox.Evidence.LabDefault.Policy);

        Assert.Equal(Said.TheSame, known.Take(Packages("bash", "nmap"), At(60), Writes()));

        Assert.Equal(ReportingDevice.Start.AddSeconds(60), known.Facts[Fact.KindOneofCase.Software]!.VerifiedAt);
        Assert.Null(known.Facts.Before(Fact.KindOneofCase.Software));
    }

    [Fact]
    public void Another_architecture_alone_is_another_list()
    {
        var known = new KnownFacts(Device, [Stored(Packages("bash"))], Sandbox.Evidence.LabDefault.Policy);
        var other = Packages("bash");
        other.Software.Packages[0].Architecture = "arm64";

        Assert.Equal(Said.Another, known.Take(other, At(60), Writes()));
    }

    private static Fact Packages(params string[] names) =>
        new() { Software = new Software { Packages = { names.Select(name => new Package { Name = name, Version = "1", Architecture = "amd64", Automatic = false }) } } };

    private static StoredFact Stored(Fact fact) => new()
    {
        DeviceId = Device, Kind = (int)fact.KindCase, ReportId = 1, ChangedAt = ReportingDevice.Start, VerifiedAt = ReportingDevice.Start, Bytes = fact.ToByteArray(),
    };

    private static StreamWrites Writes() => new() { Device = Device, Session = 1, Serial = [1], Epoch = [] };

    private static StoredReport At(double seconds) => new()
    {
        Id = 10 + (long)seconds, DeviceId = Device, Epoch = [], Sequence = 10 + (long)seconds, CollectedAt = ReportingDevice.Start.AddSeconds(seconds), ReceivedAt = ReportingDevice.Start.AddSeconds(seconds), Bytes = [],
    };
}
