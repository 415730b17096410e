using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using SQLitePCL;

namespace Sandbox.Storage.Sqlite.Ingest;

/// <summary>Writes what a stream learns of the device itself.</summary>
internal sealed class DeviceRows(sqlite3 db) : IDisposable
{
    private readonly Statement _judge = new(db, "UPDATE Devices SET JudgeAt = ?2 WHERE Id = ?1 AND (JudgeAt IS NULL OR JudgeAt > ?2 OR JudgeAt <= ?3)");
    private readonly Statement _hardware = new(db, "INSERT OR IGNORE INTO HardwareNames (DeviceId, Name) VALUES (?1, ?2)");

    private readonly Statement _quarantine = new(db,
        $"UPDATE Devices SET State = {(int)DeviceState.Quarantined}, StateReason = ?2, StateChangedAt = ?3 WHERE Id = ?1 AND State = {(int)DeviceState.Active}");

    public void Write(StreamWrites stream, DateTimeOffset now)
    {
        if (stream.JudgeAt is { } at) _judge.Add(stream.Device).Add(at).Add(stream.ToldAt).Run();
        foreach (var name in stream.HardwareNames) _hardware.Add(stream.Device).Add(name).Run();
        if (stream.CloneProof is { } proof) _quarantine.Add(stream.Device).Add(proof).Add(now).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_judge, _hardware, _quarantine]) statement.Dispose();
    }
}
