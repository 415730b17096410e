using Microsoft.Data.Sqlite;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Witness;

/// <summary>A copy of a lab's database, taken with the server stopped and put back under it later, as a backup is.</summary>
internal sealed class DataCopy
{
    private readonly Lab _lab;
    private readonly Dictionary<string, byte[]> _files;

    private DataCopy(Lab lab) => (_lab, _files) = (lab, Files(lab).ToDictionary(file => file, File.ReadAllBytes));

    /// <summary>Takes one. The server runs again when this returns.</summary>
    public static async Task<DataCopy> TakeAsync(Lab lab, CancellationToken ct)
    {
        await lab.Server.StopAsync();
        var copy = new DataCopy(lab);
        await lab.StartServerAsync(ct);
        return copy;
    }

    /// <summary>Puts it back. The server runs again when this returns.</summary>
    public async Task PutBackAsync(CancellationToken ct)
    {
        await _lab.Server.StopAsync();
        // What this process keeps open would go on in the files that are deleted.
        SqliteConnection.ClearAllPools();
        foreach (var file in Files(_lab)) File.Delete(file);
        foreach (var (file, bytes) in _files) await File.WriteAllBytesAsync(file, bytes, ct);
        await _lab.StartServerAsync(ct);
    }

    // The database and its companions: what was committed last may stand in the write-ahead log alone. And the server's own memory of the log,
    // as when the whole folder is put back: what others remember is what is left.
    private static string[] Files(Lab lab)
    {
        var folder = Path.GetDirectoryName(lab.Database)!;
        return [.. Directory.GetFiles(folder, "sandbox.db*"), .. Directory.GetFiles(folder, "log.checkpoint")];
    }
}
