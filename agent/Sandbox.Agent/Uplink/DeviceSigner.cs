using System.Security.Cryptography;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>Hashes and signs reports in the name of this device.</summary>
internal sealed class DeviceSigner(DeviceId device, AsymmetricAlgorithm key)
{
    /// <summary>The hash that chains and cites a report.</summary>
    public byte[] Hash(ReadOnlySpan<byte> report) => ReportHash.Of(device, report);

    /// <summary>The device key's signature over a hash.</summary>
    public byte[] Sign(ReadOnlySpan<byte> hash) => ReportHash.Sign(key, hash);
}
