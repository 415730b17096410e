using System.Text.Json;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary>Tells scripts that the server listens, and where; gone again when it stops.</summary>
internal sealed class ReadyFile : IDisposable
{
    private readonly string? _path;

    private ReadyFile(string? path) => _path = path;

    /// <summary>Writes it as a whole. Does nothing when no path was given.</summary>
    public static ReadyFile Write(string? path, Ready ready)
    {
        if (path is null) return new ReadyFile(null);
        path = Path.GetFullPath(path);
        DurableFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(ready, ServerSettingsJson.Default.Ready), DurableFile.Open);
        return new ReadyFile(path);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_path is not null) File.Delete(_path);
    }
}
