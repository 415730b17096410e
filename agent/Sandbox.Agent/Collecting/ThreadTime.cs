using System.Runtime.InteropServices;

namespace Sandbox.Agent.Collecting;

/// <summary>What the calling thread has cost so far: CLOCK_THREAD_CPUTIME_ID of clock_gettime(2).</summary>
internal static partial class ThreadTime
{
    private const int ThisThread = 3;

    /// <summary>Time that a processor spent on it, in the kernel's part, too.</summary>
    public static TimeSpan Now
    {
        get
        {
            _ = GetTime(ThisThread, out var time);
            return new TimeSpan(time.Seconds * TimeSpan.TicksPerSecond + time.Nanoseconds / TimeSpan.NanosecondsPerTick);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    // struct timespec on systems of 64 bits.
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
