using Sandbox.Evidence.Policies;
using Sandbox.Protocol;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>Begins to judge devices where the store is.</summary>
internal sealed class Assessor(IIngestStore store, SilentAfter silence, Policy policy, SeededNow seeded)
{
    private readonly Surroundings _around = new(store, new HardwareClaims(), silence.Time, policy, seeded);

    /// <summary>Where devices are read.</summary>
    public IIngestStore Store => store;

    /// <summary>Goes on with a device.</summary>
    public EvidenceRunner Of(DeviceId device, DeviceRecord record) => new(device, record, _around);
}
