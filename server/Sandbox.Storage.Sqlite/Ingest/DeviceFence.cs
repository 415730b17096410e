using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Whether a stream may write: asked inside the transaction, so that what a command revoked a moment ago stays out.</summary>
internal sealed class DeviceFence(sqlite3 db) : IDisposable
{
    private readonly Statement _device = new(db, "SELECT Session, State, CurrentSerial, NextSerial FROM Devices WHERE Id = ?1");

    /// <summary>Why not; <see cref="Reason.Unspecified"/>: it may.</summary>
    /// <param name="device">The device.</param>
    /// <param name="serial">Serial of the certificate that the stream uses. Null: the server itself writes.</param>
    /// <param name="session">The stream's session. Null: it has none yet, its hello is about to raise it.</param>
    public Reason Refuses(DeviceId device, byte[]? serial, long? session)
    {
        if (!_device.Add(device).Step()) return Reason.DeviceUnknown;
        var why = (DeviceState)_device.Number(1) switch
        {
            DeviceState.Revoked => Reason.DeviceRevoked,
            DeviceState.Retired => Reason.DeviceRetired,
            DeviceState.Quarantined => Reason.DeviceQuarantined,
            _ when session is { } mine && mine != _device.Number(0) => Reason.StreamSuperseded,
            _ when serial is not null && !_device.Blob(2).SequenceEqual(serial) && (_device.IsNull(3) || !_device.Blob(3).SequenceEqual(serial)) => Reason.SerialSuperseded,
            _ => Reason.Unspecified,
        };
        _device.Reset();
        return why;
    }

    public void Dispose() => _device.Dispose();
}
