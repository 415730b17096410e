using System.Globalization;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>The folder that a process takes for <c>/</c> (proc_pid_root(5)): another one in a container or chroot.</summary>
internal static class ProcessRoot
{
    /// <summary>Whether the process lives in another system than the running one. Null: it is gone, or one may not look, or the running system is not what is read.</summary>
    public static bool? IsOther(RootFolder root, uint pid)
    {
        if (!root.IsThisSystem || FileState.Of("/") is not { } own) return null;
        if (FileState.Of(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/root/")) is not { } its) return null;
        return its.Inode != own.Inode || its.Device != own.Device;
    }
}
