using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Inventory;

/// <summary>When a file's content last changed, in whole seconds.</summary>
internal static class FileTime
{
    /// <summary>Null: no such file, or one may not look.</summary>
    public static Timestamp? Of(RootFolder root, string path)
    {
        var file = new FileInfo(root.Resolve(path));
        return file.Exists ? new Timestamp { Seconds = new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds() } : null;
    }
}
