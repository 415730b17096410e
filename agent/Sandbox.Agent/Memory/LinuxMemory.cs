using System.Runtime.InteropServices;

namespace Sandbox.Agent.Memory;

/// <summary>Memory of this process that is not the garbage collector's.</summary>
internal static partial class LinuxMemory
{
    /// <summary>Gives back what can be had again: free pieces of libc's heap, and the pages of programs and libraries that were needed once.</summary>
    public static void LetGo()
    {
        if (HasTrim) _ = Trim(0);
        try
        {
            // All of them first: letting go changes what is being read.
            List<MappedFile> files;
            using (var smaps = new StreamReader(MappedFile.Source)) files = [.. MappedFile.Readable(smaps)];
            foreach (var file in files) _ = file.LetGo();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A /proc that shows no maps: the pages stay.
        }
    }

    // musl has no malloc_trim(3).
    private static bool HasTrim { get; } = NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "malloc_trim", out _);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);
}
