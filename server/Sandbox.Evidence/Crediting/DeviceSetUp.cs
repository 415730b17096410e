using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 1.1: a machine that nobody had enrolled before came in with the apprentice's one-use code, and still reports a day later. Wiping or
/// renaming one machine, and cloning a virtual one with its ids, makes no new hardware.
/// </summary>
internal sealed class DeviceSetUp : ICreditRule
{
    /// <summary>Hardware that shows up later than this after the enrolment is no part of it.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private static readonly Fact.KindOneofCase[] Sources = [Fact.KindOneofCase.Hardware, Fact.KindOneofCase.NetworkInterfaces, Fact.KindOneofCase.OperatingSystem];

    public string Line => "1.1";

    public string Act => "device.set_up";

    public string Counts => "a machine that nobody had enrolled before, enrolled with the own join code";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!Array.Exists(Sources, device.Changed.Contains) || device.Evidence.Any(item => item.Act == Act) || now - device.EnrolledAt > Window) yield break;
        var names = HardwareIdentity.Of(device.Facts);
        if (names.Count == 0 || device.Others.Count > 0) yield break;
        var shown = device.Facts[Fact.KindOneofCase.Hardware]!;
        yield return new Credit(names[0], null, $"{Words(shown.Fact.Hardware)} was enrolled and reports", shown, null) { Reservation = Reservations(names[0], shown.Fact.Hardware) };
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        // The names of hardware come one after the other: the first may be new, and the next is not.
        if (device.Others.Any(other => other.IsEarlier)) return new Standing.TakenBack("the same hardware was enrolled before, as another device");
        var names = HardwareIdentity.Of(device.Facts);
        // By the device's clock, too: the server's may leap a day ahead.
        if (names.Contains(item.Target)) return new Standing.Stands(device.Facts.HeardAt, device.Facts[Fact.KindOneofCase.Hardware]?.VerifiedAt);
        var isOther = names.Count > 0 && HardwareIdentity.Weakness(names[0]) is null && HardwareIdentity.Weakness(item.Target) is null;
        return isOther ? new Standing.TakenBack("the device now reports from other hardware") : Standing.NotKnown;
    }

    /// <summary>The agent begins to see acts when it runs, and this one is what makes it run.</summary>
    public string Unseen => "the join code was made for this person; who typed it in was not seen";

    public bool Explains(EvidenceItem item, AdminAct act) => false;

    private static string Words(Hardware hardware) =>
        string.Join(' ', new[] { hardware.Manufacturer, hardware.Product }.Where(word => word.Length > 0)) is { Length: > 0 } name ? name : "a machine without a name of its maker";

    private static string? Reservations(string name, Hardware hardware)
    {
        var virtualisation = hardware.HasVirtualisation ? $"it is virtual ({hardware.Virtualisation}), and a virtual machine is copied and made anew at will" : null;
        return string.Join("; ", new[] { HardwareIdentity.Weakness(name), virtualisation }.OfType<string>()) is { Length: > 0 } words ? words : null;
    }
}
