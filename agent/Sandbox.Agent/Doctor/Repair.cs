using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Doctor;

/// <summary>What <c>doctor --fix</c> mends by itself: only what the running agent never does, can be taken back, and installs nothing.</summary>
internal static class Repair
{
    /// <summary>Mends it and says what was done, a line for each thing.</summary>
    /// <exception cref="SetupException">Who asks may not, it is another system, or the kernel does not let it.</exception>
    public static IReadOnlyList<string> Make(string root)
    {
        if (!new RootFolder(root).IsThisSystem) throw new SetupException($"--fix mends the running system, not {root}. Leave out --root.");
        if (!Environment.IsPrivilegedProcess) throw new SetupException("--fix changes settings of this machine, so it needs root: sudo sandbox-agent doctor --fix");
        return [Audit()];
    }

    private static string Audit()
    {
        try
        {
            if (AuditSwitch.IsOn()) return "Linux audit is on: nothing to mend.";
            AuditSwitch.Turn(true);
            return "Linux audit was off and is on now, until this machine starts again. auditd keeps it on: sudo apt install auditd. Starting the machine again takes it back.";
        }
        catch (KernelRefusal refusal)
        {
            throw new SetupException($"Linux audit could not be switched on: {refusal.Message}");
        }
    }
}
