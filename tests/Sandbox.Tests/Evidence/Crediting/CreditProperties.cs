using CsCheck;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using static Sandbox.Tests.Evidence.Crediting.Watched;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>What holds whatever a device says, in whatever order.</summary>
public sealed class CreditProperties
{
    private static readonly Gen<Accounts> Lists =
        from names in Gen.Int[0, 3].Array[0, 4]
        from days in Gen.OneOfConst(90, 99999).Array[4]
        from readable in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        select readable
            ? Of([Person("root", 0), .. names.Distinct().Select(name => Person($"p{name}", 1000 + (uint)name, account => account.MaxDays = days[name]))])
            : Unreadable();

    private static readonly Gen<(Accounts? List, TimeSpan After)[]> Days =
        Gen.Select(Gen.OneOf(Lists.Select(list => (Accounts?)list), Gen.Const((Accounts?)null)), Gen.Int[1, 60].Select(hours => TimeSpan.FromHours(hours))).Array[1, 30];

    [Fact]
    public void Nothing_counts_twice() => Days.Sample(days =>
        Assert.All(Lived(days).GroupBy(item => (item.Line, item.Target)), same => Assert.InRange(same.Count(item => item.State != EvidenceState.Undone), 0, 1)));

    [Fact]
    public void What_was_there_at_first_is_never_added() => Days.Sample(days =>
    {
        var first = days.Select(day => day.List).FirstOrDefault(list => list is { Unseen.Count: 0 });
        var there = first?.Accounts_.Select(account => $"{account.Name} (uid {account.Uid})").ToHashSet() ?? [];
        Assert.DoesNotContain(Lived(days), item => item.Act == "account.added" && there.Contains(item.Target));
    });

    [Fact]
    public void Nothing_holds_before_its_time() => Days.Sample(days =>
        Assert.All(Lived(days).Where(item => item.State == EvidenceState.Held), item =>
            Assert.True(item.StateSince - item.NotedAt >= (item.Line == "7.1" ? TimeSpan.FromDays(7) : TimeSpan.FromHours(24)))));

    [Fact]
    public void Nobody_is_said_to_have_been_seen() => Days.Sample(days => Assert.All(Lived(days), item => Assert.Equal(Grade.E1, item.Grade)));

    private static EvidenceItem[] Lived((Accounts? List, TimeSpan After)[] days)
    {
        var device = new Watched();
        foreach (var (list, after) in days)
        {
            if (list is null) device.SaysTheSame();
            else device.Says(list);
            device.After(after);
        }
        return [.. device.Evidence.Values];
    }
}
