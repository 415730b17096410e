using Sandbox.Evidence;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Keeps by which name a device's hardware is known, and who else reported it.</summary>
/// <param name="device">The device.</param>
/// <param name="stored">The name that is stored. Null: none.</param>
/// <param name="around">Where other devices are looked up.</param>
internal sealed class HardwareBook(DeviceId device, string? stored, Surroundings around)
{
    private string? _name = stored;
    private IReadOnlyList<string> _names = [];
    private HashSet<string> _others = [];

    /// <summary>Names of its hardware that another device reported, too; looked up when the hardware says something new.</summary>
    public IReadOnlySet<string> OfOthers(DeviceFacts facts, StreamWrites writes)
    {
        var names = HardwareIdentity.Of(facts);
        if (names.Count == 0 || names.SequenceEqual(_names)) return _others;
        _names = names;
        _others = [.. names.Where(name => around.Hardware.IsAnothers(name, device) || around.Store.OthersWithHardware(device, name).Count > 0)];
        if (_name != names[0]) writes.HardwareId = _name = names[0];
        return _others;
    }
}
