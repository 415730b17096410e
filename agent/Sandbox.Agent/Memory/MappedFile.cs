using System.Globalization;
using System.Runtime.InteropServices;

namespace Sandbox.Agent.Memory;

/// <summary>A part of a program or library as it lies in this process' memory. See proc_pid_smaps(5).</summary>
/// <param name="Start">Address of the first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="ResidentKibibytes">How much of it is in memory now.</param>
internal readonly partial record struct MappedFile(ulong Start, ulong Length, int ResidentKibibytes)
{
    /// <summary>What this process has mapped now.</summary>
    public const string Source = "/proc/self/smaps";

    // MADV_DONTNEED of madvise(2).
    private const int NotNeeded = 4;

    /// <summary>
    /// Those that can be read from their file again whenever they are needed: private, not writable, and without a page of their own, neither in memory nor in swap. The last keeps
    /// out what the loader relocated and then protected (RELRO), which would come back as it lies in the file.
    /// </summary>
    /// <param name="smaps">The text of <see cref="Source"/>.</param>
    public static IEnumerable<MappedFile> Readable(TextReader smaps)
    {
        MappedFile? current = null;
        var isOfTheFile = false;
        while (smaps.ReadLine() is { } line)
        {
            if (Kibibytes(line, "Rss:") is { } resident) current = current is { } one ? one with { ResidentKibibytes = resident } : null;
            else if (Kibibytes(line, "Anonymous:") is { } own) isOfTheFile = own == 0;
            else if (Kibibytes(line, "Swap:") is { } swapped)
            {
                if (current is { ResidentKibibytes: > 0 } one && isOfTheFile && swapped == 0) yield return one;
                current = null;
            }
            else if (!IsLabelled(line)) (current, isOfTheFile) = (Of(line), false);
        }
    }

    /// <summary>Gives its pages back. The next use of one finds it in the kernel's cache of files, or on the disk. False: the kernel refuses.</summary>
    public bool LetGo() => Advise((nuint)Start, (nuint)Length, NotNeeded) == 0;

    // "55b384152000-55b3849de000 r-xp 00b00000 fe:00 1234 /usr/bin/sandbox-agent"
    private static MappedFile? Of(string line)
    {
        var words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var range, ['r', '-', _, 'p'], _, _, not "0", ['/', ..]]) return null;
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Hexadecimal(range[..dash]) is { } start && Hexadecimal(range[(dash + 1)..]) is { } end && end > start ? new(start, end - start, 0) : null;
    }

    private static ulong? Hexadecimal(string digits) => ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;

    // "Rss:                8724 kB"; what begins a part has no colon in its first word.
    private static bool IsLabelled(string line) => line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && (line.IndexOf(' ', StringComparison.Ordinal) is var space && (space < 0 || space > colon));

    private static int? Kibibytes(string line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) && int.TryParse(line.AsSpan(label.Length).TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    private static partial int Advise(nuint start, nuint length, int advice);
}
