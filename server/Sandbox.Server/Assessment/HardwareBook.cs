using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Keeps by which names a device's hardware is known, and who else reported it.</summary>
/// <param name="device">The device.</param>
/// <param name="record">What is stored of it.</param>
/// <param name="around">Where other devices are looked up.</param>
internal sealed class HardwareBook(DeviceId device, DeviceRecord record, Surroundings around)
{
    private readonly HashSet<string> _stored = [.. record.HardwareNames];
    private IReadOnlyList<string> _names = [];
    private IReadOnlyList<SameMachine> _others = [];

    /// <summary>Other devices that reported this hardware; looked up when the hardware says something new.</summary>
    public IReadOnlyList<SameMachine> Others(DeviceFacts facts, StreamWrites writes)
    {
        var names = NamedMachine.NamesOf(facts);
        if (names.Count == 0 || names.SequenceEqual(_names)) return _others;
        var machine = new NamedMachine(device, record.OwnerId, record.EnrolledAt, ReplacedBy: null, names.ToHashSet());
        var sharing = NamedMachine.Joined([.. around.Store.OthersWithHardware(device, names), .. around.Hardware.Others(device, names)]);
        _others = [.. sharing.Select(machine.Known).OfType<SameMachine>()];
        around.Hardware.Claim(machine);
        foreach (var name in names)
            if (_stored.Count < NamedMachine.MostNames && _stored.Add(name)) writes.HardwareNames.Add(name);
        _names = names;
        return _others;
    }
}
