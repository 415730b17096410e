namespace Sandbox.Faults;

/// <summary>Files of the machine, by their paths on it.</summary>
/// <param name="root">The folder that stands for /.</param>
internal sealed class Tree(string root)
{
    private const int MostBytes = 1 << 20;

    /// <summary>The folder that stands for /.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Where a path of the machine lies.</summary>
    public string At(string path) => Path.Combine(Root, path.TrimStart('/'));

    public bool Has(string path) => Path.Exists(At(path));

    /// <summary>A file's text, a character for each byte, so that what is written back is what was read. Null: there is none.</summary>
    /// <exception cref="IOException">It is no plain file, or cannot be read.</exception>
    public string? Text(string path)
    {
        var file = new FileInfo(At(path));
        if (!file.Exists) return null;
        if (file.LinkTarget is not null) throw new IOException($"{path} is a link");
        if (file.Length > MostBytes) throw new IOException($"{path} is larger than {MostBytes / 1024} KiB");
        return System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file.FullName));
    }

    /// <summary>A file's lines; none when there is no such file.</summary>
    public string[] Lines(string path) => Text(path)?.Split('\n') ?? [];

    /// <summary>Lines of the kernel's own files, whose length it does not tell. None when there is no such file.</summary>
    public string[] KernelLines(string path) => Has(path) ? File.ReadAllLines(At(path)) : [];

    /// <summary>Files of a folder whose names end so, in the order of their names; none when there is no such folder.</summary>
    public IReadOnlyList<string> Files(string folder, string end) =>
        Directory.Exists(At(folder)) ? [.. Directory.EnumerateFiles(At(folder), $"*{end}").Select(one => $"{folder}/{Path.GetFileName(one)}").Order(StringComparer.Ordinal)] : [];

    /// <summary>Replaces the text of a file that is there; its owner, group and mode stay.</summary>
    public void Replace(string path, string text) => DurableFile.Replace(At(path), System.Text.Encoding.Latin1.GetBytes(text));

    /// <summary>Id of the kernel's boot. Null: not known.</summary>
    public string? Boot => KernelLines("/proc/sys/kernel/random/boot_id") is [var id, ..] ? id : null;
}
