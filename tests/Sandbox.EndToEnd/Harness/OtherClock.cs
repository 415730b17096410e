namespace Sandbox.EndToEnd.Harness;

/// <summary>A clock of its own for one process: Debian's libfaketime, which shifts what the process reads and leaves its waits alone.</summary>
internal static class OtherClock
{
    /// <summary>Whether the package faketime is there.</summary>
    public static bool Exists => Library is not null;

    private static string? Library => Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    /// <summary>What stands before a command line, so that the program's clock is off by so much.</summary>
    public static IReadOnlyList<string> Off(TimeSpan by) => by == TimeSpan.Zero
        ? []
        : ["/usr/bin/env", $"LD_PRELOAD={Library}", $"FAKETIME={by.TotalSeconds:+0;-0}", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_NO_CACHE=1"];
}
