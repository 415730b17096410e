using System.Runtime.InteropServices;

namespace Sandbox.Agent.TimeSync;

/// <summary>adjtimex(2), asked and never told.</summary>
internal static partial class KernelClock
{
    // struct timex of 64-bit Linux: modes at 0, status at 40, 208 bytes in all.
    private const int Length = 208;
    private const int StatusOffset = 40;
    private const int Unsynchronised = 0x40;

    /// <summary>Whether the kernel's clock is disciplined. Null: it cannot be asked.</summary>
    public static bool? Synchronised()
    {
        Span<byte> timex = stackalloc byte[Length];
        timex.Clear();
        return Adjust(timex) < 0 ? null : Disciplined(timex);
    }

    /// <summary>What the kernel's answer says.</summary>
    public static bool Disciplined(ReadOnlySpan<byte> timex) => (MemoryMarshal.Read<int>(timex[StatusOffset..]) & Unsynchronised) == 0;

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int Adjust(Span<byte> timex);
}
