namespace Sandbox.EndToEnd.Harness;

/// <summary>A folder of its own for one lab, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Its absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("sandbox-e2e-").FullName;

    /// <summary>A path below it.</summary>
    public string At(string below) => System.IO.Path.Combine(Path, below);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
