using Sandbox.Protocol;

namespace Sandbox.Server.Assessment;

/// <summary>Which device named a hardware first since the server began: two that name the same one in one batch do not find each other in the store.</summary>
internal sealed class HardwareClaims
{
    // A claim has to last until its batch is on the disk.
    private const int Most = 10_000;

    private readonly Dictionary<string, DeviceId> _first = [];

    /// <summary>Whether another device named it before; if none did, this one has now.</summary>
    public bool IsAnothers(string name, DeviceId device)
    {
        if (_first.TryGetValue(name, out var first)) return first != device;
        if (_first.Count >= Most) _first.Clear();
        _first.Add(name, device);
        return false;
    }
}
