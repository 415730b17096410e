using Google.Protobuf;
using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>How the device stands with its server. Asked with a renewal, which changes nothing as long as its certificate is not used.</summary>
internal static class Standing
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);

    /// <summary>Asks.</summary>
    /// <returns>Null: the server does not take this device any more, so another identity may take its place. Words otherwise, empty when the server takes it.</returns>
    public static async Task<string?> AskAsync(DeviceIdentity identity, TimeProvider time, CancellationToken ct)
    {
        var refused = await RefusedAsync(identity, time, ct);
        // A server that is just being stopped looks the same, but only once.
        if (refused?.Reason == Reason.CertificateForeign) refused = await RefusedAsync(identity, time, ct);
        if (refused is null) return "";
        return IsOver(refused.Reason) ? null : $", which cannot be asked whether it still takes it ({refused.Message})";
    }

    private static async Task<RefusedException?> RefusedAsync(DeviceIdentity identity, TimeProvider time, CancellationToken ct)
    {
        using var channel = new ServerChannel(identity.Record.Address, new ServerTrust(identity.Authorities, time), identity.Certificate);
        try
        {
            var request = new RenewRequest { CertificateSigningRequest = UnsafeByteOperations.UnsafeWrap(KeyPair.Request(identity.Key)) };
            await channel.Enrolment.RenewAsync(request, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + _deadline, cancellationToken: ct);
            return null;
        }
        catch (RpcException fault)
        {
            ct.ThrowIfCancellationRequested();
            return Trouble.Of(fault, identity.Record.Address, channel);
        }
    }

    private static bool IsOver(Reason reason) => reason
        is Reason.DeviceQuarantined or Reason.DeviceUnknown or Reason.DeviceRevoked or Reason.DeviceRetired
        or Reason.CertificateTooOld or Reason.SerialSuperseded or Reason.ServerUntrusted or Reason.CertificateForeign;
}
