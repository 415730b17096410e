using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sandbox.Verify.Trust;

/// <summary>Where this machine remembers the logs that were verified on it: a file for each.</summary>
/// <param name="folder">The folder; it is made when something is saved.</param>
internal sealed class KnownLogs(string folder)
{
    private const int NameBytes = 8;

    /// <summary>The folder of whoever runs this program.</summary>
    public static KnownLogs OfUser()
    {
        var state = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return new KnownLogs(Path.Combine(state, "sandbox-verify"));
    }

    /// <summary>The file of a log.</summary>
    public string FileOf(string origin) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, NameBytes)) + ".json");

    /// <summary>What is remembered of a log. Null: nothing.</summary>
    /// <exception cref="SetupException">The file cannot be read.</exception>
    public SavedLog? Of(string origin)
    {
        var file = FileOf(origin);
        try
        {
            var saved = JsonSerializer.Deserialize(File.ReadAllBytes(file), SavedLogJson.Default.SavedLog);
            return saved?.Origin == origin ? saved : throw new JsonException("it speaks of another log");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"What was remembered of {origin} cannot be read: {file}: {fault.Message} Put it back from a backup; or move it away and verify with --key KEY, as on the first day.");
        }
    }

    /// <summary>Remembers a log; what was remembered before stays until the new file is safe on the disk.</summary>
    /// <exception cref="SetupException">It cannot be written.</exception>
    public void Save(SavedLog log)
    {
        var file = FileOf(log.Origin);
        try
        {
            Directory.CreateDirectory(folder);
            using (var fresh = new FileStream(file + ".new", FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(fresh, log, SavedLogJson.Default.SavedLog);
                fresh.Flush(flushToDisk: true);
            }
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{file} cannot be written, so the next run would not know this log: {fault.Message} Give yourself the right to it, or type --no-remember.");
        }
    }
}
