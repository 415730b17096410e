using System.Collections.Concurrent;
using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Server.Assessment;

/// <summary>Faults that were applied on devices whose streams end here, for the writer's thread: it reads no tables of people's.</summary>
internal sealed class SeededNow
{
    private readonly ConcurrentDictionary<DeviceId, IReadOnlyList<Seeded>> _byDevice = new();

    /// <summary>Those of a device. None: there are none, or they were not read yet.</summary>
    public IReadOnlyList<Seeded> Of(DeviceId device) => _byDevice.GetValueOrDefault(device, []);

    /// <summary>What is known now.</summary>
    public void Set(DeviceId device, IReadOnlyList<Seeded> known)
    {
        if (known.Count == 0) _byDevice.TryRemove(device, out _);
        else _byDevice[device] = known;
    }
}
