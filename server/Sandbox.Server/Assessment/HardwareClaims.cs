using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Assessment;

/// <summary>Which devices named which hardware since the server began: two that name the same one in one batch do not find each other in the store.</summary>
internal sealed class HardwareClaims
{
    // A claim has to last until its batch is on the disk.
    private const int MostNames = 10_000;

    // A name that so many share is known without the next one.
    private const int MostOfOneName = 100;

    private readonly Dictionary<string, Dictionary<DeviceId, NamedMachine>> _byName = [];

    /// <summary>A device names its hardware. It reports, so nothing has taken its place yet; the store knows when something does.</summary>
    public void Claim(NamedMachine machine)
    {
        if (_byName.Count >= MostNames) _byName.Clear();
        foreach (var name in machine.Names)
        {
            if (!_byName.TryGetValue(name, out var devices)) _byName[name] = devices = [];
            if (devices.Count < MostOfOneName || devices.ContainsKey(machine.Device)) devices[machine.Device] = machine;
        }
    }

    /// <summary>Other devices that claimed one of these names.</summary>
    public IEnumerable<NamedMachine> Others(DeviceId device, IEnumerable<string> names) =>
        names.SelectMany(name => _byName.GetValueOrDefault(name)?.Values ?? Enumerable.Empty<NamedMachine>()).Where(machine => machine.Device != device);
}
