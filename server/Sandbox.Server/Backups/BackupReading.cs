namespace Sandbox.Server.Backups;

/// <summary>A backup that was read from its beginning to its end.</summary>
/// <param name="Manifest">What it says of itself. Null: it is not whole.</param>
/// <param name="Faults">What is wrong, in words. Empty: nothing.</param>
internal sealed record BackupReading(BackupManifest? Manifest, IReadOnlyList<string> Faults)
{
    /// <summary>Puts its parts into a folder and reads them.</summary>
    /// <exception cref="SetupException">It is no backup, or one of a newer program.</exception>
    public static async Task<BackupReading> OpenAsync(string path, BackupFolder parts, TextWriter error, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await using var file = BackupArchive.Open(path);
            var unpacking = BackupArchive.ExtractAsync(file, path, parts, ct);
            await LongWork.TellAsync(unpacking, () => $"Unpacking: {parts.Size >> 20} MiB so far", error, time);
            var manifest = await unpacking;
            var reading = Task.Run(() => BackupCheck.RunAsync(manifest, parts, ct), ct);
            await LongWork.TellAsync(reading, () => "Reading the store and the log", error, time);
            var found = await reading;
            return new BackupReading(found.Faults.Count == 0 ? manifest : null, found.Faults);
        }
        catch (InvalidDataException damage)
        {
            return new BackupReading(null, [damage.Message]);
        }
    }
}
