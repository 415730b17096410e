using CsCheck;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>What holds of things that come and go, whatever a device says, in whatever order.</summary>
public sealed class AdditionProperties
{
    private static readonly string[] Devices = ["socket://192.0.2.1", "socket://192.0.2.2", "file:///dev/null"];

    // Queue number i leads to one of the three places, or is not there.
    private static readonly Gen<Printing> Printings =
        from places in Gen.Int[-1, 2].Array[4]
        from answers in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        select new Printing
        {
            Installed = true, Source = answers ? Printing.Types.Source.Asked : Printing.Types.Source.Files,
            Queues = { places.Select((place, i) => (place, i)).Where(one => one.place >= 0).Select(one => new PrintQueue { Name = $"q{one.i}", Device = Devices[one.place], Automatic = false }) },
        };

    private static readonly Gen<(Printing? Said, TimeSpan After)[]> Days =
        Gen.Select(Gen.OneOf(Printings.Select(said => (Printing?)said), Gen.Const((Printing?)null)), Gen.Int[1, 60].Select(hours => TimeSpan.FromHours(hours))).Array[1, 30];

    [Fact]
    public void Nothing_counts_twice_whatever_it_is_called() => Days.Sample(days =>
        Assert.All(Lived(days).GroupBy(Place), same => Assert.InRange(same.Count(item => item.State != EvidenceState.Undone), 0, 1)));

    [Fact]
    public void Neither_a_name_nor_a_place_that_was_there_at_first_is_ever_added() => Days.Sample(days =>
    {
        var first = days.Select(day => day.Said).FirstOrDefault(said => said is { Source: Printing.Types.Source.Asked })?.Queues.ToList() ?? [];
        Assert.DoesNotContain(Lived(days), item => first.Exists(one => one.Device == Place(item) || item.Target.StartsWith($"printer {one.Name} ", StringComparison.Ordinal)));
    });

    [Fact]
    public void Nothing_holds_before_its_time() => Days.Sample(days =>
        Assert.All(Lived(days).Where(item => item.State == EvidenceState.Held), item => Assert.True(item.StateSince - item.NotedAt >= At.Day)));

    [Fact]
    public void What_leads_into_a_file_never_counts() => Days.Sample(days => Assert.DoesNotContain(Lived(days), item => Place(item).StartsWith("file:", StringComparison.Ordinal)));

    private static string Place(EvidenceItem item) => item.Target[(item.Target.IndexOf('(', StringComparison.Ordinal) + 1)..^1];

    private static EvidenceItem[] Lived((Printing? Said, TimeSpan After)[] days)
    {
        var device = new Watched();
        foreach (var (said, after) in days)
        {
            if (said is null) device.SaysTheSame();
            else device.Says(said);
            device.After(after);
        }
        return [.. device.Evidence.Values];
    }
}
