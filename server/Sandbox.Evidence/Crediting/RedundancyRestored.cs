using System.Globalization;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting.Additions;
using Sandbox.Protocol;
using State = Sandbox.Protocol.RaidArray.Types.State;

namespace Sandbox.Evidence.Crediting;

/// <summary>
/// Line 7.7: a RAID that lacked devices when the machine was first seen is whole again on real disks, by somebody who was seen doing it: a spare steps in by itself. One that
/// was whole at first earns nothing: who mends it may have pulled the disk. One that was made smaller is not whole.
/// </summary>
internal sealed class RedundancyRestored : ICreditRule
{
    public string Line => "7.7";

    public string Act => "redundancy.restored";

    public string Counts => "a RAID that lacked a disk and was made whole";

    public TimeSpan Dwell => TimeSpan.FromHours(24);

    public bool HappensByItself => true;

    public IEnumerable<Credit> Find(DeviceCase device, DateTimeOffset now)
    {
        if (!device.Changed.Contains(Fact.KindOneofCase.Storage) || device.Facts[Fact.KindOneofCase.Storage] is not { } shown) yield break;
        if (device.Baseline[Fact.KindOneofCase.Storage] is not { } first || device.Facts.Before(Fact.KindOneofCase.Storage) is not { } last) yield break;
        foreach (var then in first.Fact.Storage.Arrays.Where(one => one.State == State.Degraded))
        {
            if (Of(shown, then.Name) is not { } array || !IsWhole(array, then, shown) || Of(last, then.Name) is not { State: State.Degraded } before) continue;
            // Copying takes hours: who began it did so before it was seen under way.
            yield return new Credit(then.Name, $"degraded: {Words(then)}", $"whole: {Words(array)}", shown, last.ReportId) { NotBefore = before.HasAction ? first.ChangedAt : last.VerifiedAt };
        }
    }

    public Standing Look(EvidenceItem item, DeviceCase device, DateTimeOffset now)
    {
        if (device.Facts[Fact.KindOneofCase.Storage] is not { } shown || !Beginnable.Is(shown.Fact)) return Standing.NotKnown;
        return Of(shown, item.Target) switch
        {
            null => new Standing.TakenBack("the array is gone"),
            { State: State.Whole } => new Standing.Stands(shown.ReceivedAt, shown.VerifiedAt),
            var other => new Standing.TakenBack($"it lacks devices again: {Words(other)}"),
        };
    }

    public bool Explains(EvidenceItem item, AdminAct act) =>
        Trace.IsRunWith(act, "mdadm", "--add", "-a", "--re-add", "--replace") && act.Arguments.Any(word => word == $"/dev/{item.Target}" || word.StartsWith("/dev/md/", StringComparison.Ordinal));

    private static RaidArray? Of(ReportedFact storage, string name) => storage.Fact.Storage.Arrays.FirstOrDefault(one => one.Name == name);

    private static bool IsWhole(RaidArray array, RaidArray then, ReportedFact shown) => array is { State: State.Whole, HasDevices: true, HasWorking: true } && then.HasDevices
        && array.Devices >= then.Devices && array.Working >= array.Devices && array.Members.All(member => RealDisk.Is(shown.Fact.Storage, member.Split(' ')[0]));

    private static string Words(RaidArray array) => array is { HasDevices: true, HasWorking: true }
        ? string.Create(CultureInfo.InvariantCulture, $"{array.Working} of {array.Devices} devices") : "it does not run";
}
