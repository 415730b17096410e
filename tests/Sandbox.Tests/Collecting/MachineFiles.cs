namespace Sandbox.Tests.Collecting;

/// <summary>A folder that stands for a machine's <c>/</c>; gone at disposal.</summary>
internal sealed class MachineFiles : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("sandbox-machine-").FullName;

    /// <summary>Writes one file below the root, with the folders above it.</summary>
    public MachineFiles With(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        return this;
    }

    /// <summary>Makes a symbolic link below the root.</summary>
    public MachineFiles WithLink(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
        return this;
    }

    /// <summary>Makes a folder below the root.</summary>
    public MachineFiles WithFolder(string path)
    {
        Directory.CreateDirectory(At(path));
        return this;
    }

    /// <summary>Writes a new file beside the old one and renames it over: what editors and shadow tools do.</summary>
    public void Replace(string path, string text)
    {
        File.WriteAllText(At(path) + "+", text);
        File.Move(At(path) + "+", At(path), overwrite: true);
    }

    public string At(string path) => Path.Combine(Root, path);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
