using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Sandbox.Agent.Uplink;

/// <summary>The last checkpoint of the evidence log that this device saw: every agent is a witness to the log's past.</summary>
internal sealed partial class CheckpointFile(string path, ILogger<CheckpointFile> logger)
{
    // A signed note of a few lines; more is not one.
    private const int Largest = 64 * 1024;

    /// <summary>The signed note's bytes; null when none was seen yet.</summary>
    public byte[]? Read() => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>
    /// Keeps a newer one, durably. One of the same log that is smaller says less, and would take this machine's testimony away: it is not kept. A full
    /// disk keeps the older one, since a later one says no less.
    /// </summary>
    public void Keep(ReadOnlySpan<byte> note)
    {
        if (note.Length is 0 or > Largest) return;
        try
        {
            if (Place(note) is not { } came) return;
            if (Place(Read()) is { } kept && kept.Origin == came.Origin && kept.Size > came.Size) Smaller(came.Size, kept.Size);
            else DurableFile.Replace(path, note);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotKept(path, fault.Message);
        }
    }

    // The first two lines of a checkpoint (C2SP tlog-checkpoint). Null: it is none.
    private static (string Origin, ulong Size)? Place(ReadOnlySpan<byte> note)
    {
        var text = Encoding.UTF8.GetString(note);
        var lines = text.Split('\n', 3);
        return lines.Length == 3 && ulong.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? (lines[0], size) : null;
    }

    [LoggerMessage(1222, LogLevel.Warning, "The server sent a checkpoint of {Came} entries, though its evidence log had {Kept} before: the older one is kept, and shown at each connection")]
    private partial void Smaller(ulong came, ulong kept);

    [LoggerMessage(1221, LogLevel.Warning, "The checkpoint cannot be kept in {Path}: {Fault}")]
    private partial void NotKept(string path, string fault);
}
