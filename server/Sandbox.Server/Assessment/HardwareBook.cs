using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Keeps by which names a device's hardware is known, and who else reported it.</summary>
/// <param name="device">The device.</param>
/// <param name="record">What is stored of it.</param>
/// <param name="around">Where other devices are looked up.</param>
internal sealed class HardwareBook(DeviceId device, DeviceRecord record, Surroundings around)
{
    /// <summary>Most names that are kept of a device; a machine has a handful.</summary>
    private const int MostNames = 64;

    private readonly HashSet<string> _stored = [.. record.HardwareNames];
    private IReadOnlyList<string> _names = [];
    private IReadOnlyList<SameMachine> _others = [];

    /// <summary>Other devices that reported this hardware; looked up when the hardware says something new.</summary>
    public IReadOnlyList<SameMachine> Others(DeviceFacts facts, StreamWrites writes)
    {
        List<string> names = [.. HardwareIdentity.Of(facts).Take(MostNames).Select(StorableText.Key)];
        if (names.Count == 0 || names.SequenceEqual(_names)) return _others;
        var sharing = NamedMachine.Joined([.. around.Store.OthersWithHardware(device, names), .. around.Hardware.Others(device, names)]);
        _others = [.. sharing.Where(other => HardwareIdentity.AreOne(names, other.Names)).Select(Same)];
        around.Hardware.Claim(new NamedMachine(device, record.OwnerId, record.EnrolledAt, names.ToHashSet()));
        foreach (var name in names)
            if (_stored.Count < MostNames && _stored.Add(name)) writes.HardwareNames.Add(name);
        _names = names;
        return _others;
    }

    private SameMachine Same(NamedMachine other) => new(other.OwnerId == record.OwnerId, other.EnrolledAt < record.EnrolledAt);
}
