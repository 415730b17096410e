using System.Runtime.InteropServices;

namespace Sandbox.Agent.Memory;

/// <summary>Memory of this process that is not the garbage collector's.</summary>
internal sealed partial class LinuxMemory
{
    private HashSet<(ulong Start, ulong Length)> _known = [.. Mapped().Select(Place)];

    /// <summary>
    /// Gives back what can be had again: free pieces of libc's heap, and the pages of programs and libraries that were needed once. Only of those that were already mapped the last
    /// time: one that the loader is just putting in place is written to in between, and what is written would be lost.
    /// </summary>
    public void LetGo()
    {
        if (HasTrim) _ = Trim(0);
        var files = Mapped();
        foreach (var file in files)
            if (_known.Contains(Place(file))) _ = file.LetGo();
        _known = [.. files.Select(Place)];
    }

    // All of them before any is let go, which changes what is read. None: /proc shows no maps, and the pages stay.
    private static List<MappedFile> Mapped()
    {
        try
        {
            using var smaps = new StreamReader(MappedFile.Source);
            return [.. MappedFile.Readable(smaps)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (ulong Start, ulong Length) Place(MappedFile file) => (file.Start, file.Length);

    // musl has no malloc_trim(3).
    private static bool HasTrim { get; } = NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);
}
