using Npgsql;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Storage.Postgres.Ingest;

/// <summary>
/// The rows of a transaction's devices, locked until its end: whether a stream may write is asked of them, and neither a command nor another
/// server changes them meanwhile. Locked in the order of their ids, so that two writers never wait for each other in a circle.
/// </summary>
internal sealed class DeviceFence
{
    private const string Lock = """SELECT "Id", "Session", "State", "CurrentSerial", "NextSerial" FROM "Devices" WHERE "Id" = ANY ($1) ORDER BY "Id" FOR UPDATE""";

    private readonly Dictionary<DeviceId, Locked> _devices;

    private DeviceFence(Dictionary<DeviceId, Locked> devices) => _devices = devices;

    public static DeviceFence Of(IngestBatch batch, NpgsqlConnection connection)
    {
        var ids = batch.Writes.Select(write => write.Device).Concat(batch.Openings.Select(opening => opening.Device)).Distinct();
        using var statements = new Statements(connection).Add(Lock, Column.Of(ids));
        using var rows = statements.Read();
        return new DeviceFence(rows.Rest(row => (Id: row.Device(0), Row: new Locked
        {
            Session = row.GetInt64(1),
            State = (DeviceState)row.GetInt32(2),
            CurrentSerial = row.Bytes(3),
            NextSerial = row.BytesOrNull(4),
        })).ToDictionary(device => device.Id, device => device.Row));
    }

    /// <summary>Why a stream may not write; <see cref="Reason.Unspecified"/>: it may. From its proof of a clone on, nobody may.</summary>
    public Reason Admit(StreamWrites stream)
    {
        var why = Refuses(stream.Device, stream.Serial, stream.Session);
        if (why == Reason.Unspecified && stream.CloneProof is not null) _devices[stream.Device].State = DeviceState.Quarantined;
        return why;
    }

    /// <summary>Raises the session of a device whose stream begins, or says why it may not.</summary>
    public (Reason Why, long Session) Raise(SessionOpening opening)
    {
        var why = Refuses(opening.Device, opening.Serial, null);
        return (why, why == Reason.Unspecified ? ++_devices[opening.Device].Session : 0);
    }

    private Reason Refuses(DeviceId id, byte[]? serial, long? session)
    {
        if (!_devices.TryGetValue(id, out var device)) return Reason.DeviceUnknown;
        return device.State switch
        {
            DeviceState.Revoked => Reason.DeviceRevoked,
            DeviceState.Retired => Reason.DeviceRetired,
            DeviceState.Quarantined => Reason.DeviceQuarantined,
            _ when session is { } mine && mine != device.Session => Reason.StreamSuperseded,
            _ when serial is not null && !serial.AsSpan().SequenceEqual(device.CurrentSerial) && !serial.AsSpan().SequenceEqual(device.NextSerial) => Reason.SerialSuperseded,
            _ => Reason.Unspecified,
        };
    }

    private sealed class Locked
    {
        public required long Session { get; set; }

        public required DeviceState State { get; set; }

        public required byte[] CurrentSerial { get; init; }

        public required byte[]? NextSerial { get; init; }
    }
}
