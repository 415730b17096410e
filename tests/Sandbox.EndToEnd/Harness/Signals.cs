using System.Runtime.InteropServices;

namespace Sandbox.EndToEnd.Harness;

/// <summary>kill(2), for what the framework has no call for.</summary>
internal static partial class Signals
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigStop = 19;

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process) => _ = Send(process, SigTerm);

    /// <summary>Ends a process without its leave.</summary>
    public static void Kill(int process) => _ = Send(process, SigKill);

    /// <summary>Lets a process stand still; only a kill ends that here.</summary>
    public static void Freeze(int process) => _ = Send(process, SigStop);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
