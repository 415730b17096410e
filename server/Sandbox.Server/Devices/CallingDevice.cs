using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Server.Devices;

/// <summary>The device behind a gRPC call, as its certificate and the store say.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of its key, DER.</param>
/// <param name="Serial">Serial number of the certificate in use, big-endian.</param>
internal sealed record CallingDevice(DeviceId Id, string Name, byte[] PublicKey, byte[] Serial)
{
    internal static readonly object Key = new();

    /// <summary>SubjectPublicKeyInfo of the key that it had before a split, DER: signatures that it made before still hold. Null: it has had one key.</summary>
    public byte[]? PreviousPublicKey { get; init; }

    /// <summary>A newer certificate of it was in use before: it comes as far as its hello, which says from where, and is turned away there.</summary>
    public bool Superseded { get; init; }
}

/// <summary>Where a call keeps its device.</summary>
internal static class CallingDeviceExtensions
{
    extension(ServerCallContext call)
    {
        /// <summary>The device behind the call; the interceptor has set it before any method that needs one runs.</summary>
        public CallingDevice Device => (CallingDevice)call.UserState[CallingDevice.Key];
    }
}
