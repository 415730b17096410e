using Microsoft.Extensions.Logging;

namespace Sandbox.Agent.Uplink;

/// <summary>The last checkpoint of the evidence log that this device saw: every agent is a witness to the log's past.</summary>
internal sealed partial class CheckpointFile(string path, ILogger<CheckpointFile> logger)
{
    // A signed note of a few lines; more is not one.
    private const int Largest = 64 * 1024;

    /// <summary>The signed note's bytes; null when none was seen yet.</summary>
    public byte[]? Read() => File.Exists(path) ? File.ReadAllBytes(path) : null;

    /// <summary>Keeps a newer one, durably; a full disk keeps the older one, since a later one says no less.</summary>
    public void Keep(ReadOnlySpan<byte> note)
    {
        if (note.Length is 0 or > Largest) return;
        try
        {
            DurableFile.Replace(path, note);
        }
        catch (IOException fault)
        {
            NotKept(path, fault.Message);
        }
    }

    [LoggerMessage(1221, LogLevel.Warning, "The checkpoint cannot be kept in {Path}: {Fault}")]
    private partial void NotKept(string path, string fault);
}
