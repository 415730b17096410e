using System.Runtime.InteropServices;

namespace Sandbox.EndToEnd.Harness;

/// <summary>kill(2): the polite signal that the framework has no call for.</summary>
internal static partial class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int process) => _ = Kill(process, SigTerm);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
