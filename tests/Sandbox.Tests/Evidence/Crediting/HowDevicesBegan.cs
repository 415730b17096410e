using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Crediting;

/// <summary>What earlier enrolments of a machine mean for what is changed on it.</summary>
public sealed class HowDevicesBegan
{
    private static readonly SameMachine OwnBefore = new(IsOwners: true, IsEarlier: true);
    private static readonly SameMachine OwnReplaced = new(IsOwners: true, IsEarlier: true, WasReplaced: true);
    private static readonly SameMachine OthersBefore = new(IsOwners: false, IsEarlier: true);
    private static readonly SameMachine OwnLater = new(IsOwners: true, IsEarlier: false);

    public static TheoryData<Beginning, SameMachine[]> Cases() => new()
    {
        { Beginning.First, [] },
        { Beginning.First, [OwnLater] },
        { Beginning.SomebodyElses, [OthersBefore] },
        { Beginning.SomebodyElses, [OthersBefore, OwnLater] },
        { Beginning.Again, [OwnBefore] },
        { Beginning.Again, [OwnBefore, OthersBefore] },
        { Beginning.Replaced, [OwnReplaced] },
        { Beginning.Replaced, [OwnBefore, OwnReplaced] },
        { Beginning.Replaced, [OthersBefore, OwnReplaced] },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_device_began_as_its_earlier_enrolments_say(Beginning expected, SameMachine[] others) => Assert.Equal(expected, Beginnings.Of(others));

    [Fact]
    public void What_an_administrator_let_begin_anew_counts_with_a_reservation()
    {
        var device = new Watched();
        device.Others.Add(OwnReplaced);

        var item = device.Says(Length(8)).After(TimeSpan.FromMinutes(1)).Says(Length(12)).Only;

        Assert.Equal(EvidenceState.Watched, item.State);
        Assert.Contains("only the administrator who let this device take that one's place", item.GradeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void It_holds_as_any_other_does()
    {
        var device = new Watched();
        device.Others.Add(OwnReplaced);

        Assert.Equal(EvidenceState.Held, device.Says(Length(8)).Says(Length(12)).After(TimeSpan.FromHours(24)).SaysTheSame().Only.State);
    }

    [Fact]
    public void Hardware_that_begins_anew_is_no_new_hardware()
    {
        var device = new Watched();
        device.Others.Add(OwnReplaced);

        Assert.Empty(device.Says(new Hardware { SystemUuid = "4c4c4544-0042-3510-8054-b7c04f565433" }).Evidence);
    }

    private static PasswordPolicy Length(uint characters) => new() { QualityEnforced = true, EffectiveMinLength = characters };
}
