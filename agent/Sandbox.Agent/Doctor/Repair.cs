using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Doctor;

/// <summary>What <c>doctor --fix</c> mends by itself: only what the running agent never does, can be taken back by <c>doctor --undo</c>, and installs nothing.</summary>
internal static class Repair
{
    /// <summary>Mends it and says what was done, a line for each thing.</summary>
    /// <exception cref="SetupException">Who asks may not, it is another system, or the kernel does not let it.</exception>
    public static IReadOnlyList<string> Make(string root)
    {
        Check(root, "fix");
        var auditd = Auditd.Of(new RootFolder(root));
        return [Switch(on: true, auditd)];
    }

    /// <summary>Takes it back and says so, a line for each thing.</summary>
    /// <exception cref="SetupException">Who asks may not, it is another system, auditd runs, or the kernel does not let it.</exception>
    public static IReadOnlyList<string> Undo(string root)
    {
        Check(root, "undo");
        var auditd = Auditd.Of(new RootFolder(root));
        if (auditd.Runs == true) throw new SetupException("auditd runs, and it is what has Linux audit on: doctor leaves that as it is. To switch it off all the same: sudo auditctl -e 0");
        return [Switch(on: false, auditd)];
    }

    /// <summary>What is said of a change, or of none.</summary>
    public static string Words(bool on, bool was, Auditd auditd) => (on, was) switch
    {
        (true, true) => "Linux audit is on: nothing to mend.",
        (false, false) => "Linux audit is off: nothing to take back.",
        (false, true) => "Linux audit was on and is off now.",
        _ => $"Linux audit was off and is on now, until this machine starts again. To switch it off before that: {Typed.AsRoot("doctor --undo")}.{(auditd.Remedy is { } remedy ? $" To keep it on: {remedy}" : "")}",
    };

    private static void Check(string root, string option)
    {
        if (!new RootFolder(root).IsThisSystem) throw new SetupException($"--{option} changes the running system, not {root}. Leave out --root.");
        if (!Environment.IsPrivilegedProcess) throw new SetupException($"--{option} changes settings of this machine, so it needs root: {Typed.AsRoot($"doctor --{option}")}");
    }

    private static string Switch(bool on, Auditd auditd)
    {
        try
        {
            var was = AuditSwitch.IsOn();
            if (was != on) AuditSwitch.Turn(on);
            return Words(on, was, auditd);
        }
        catch (KernelRefusal refusal)
        {
            throw new SetupException($"Linux audit could not be switched {(on ? "on" : "off")}: {refusal.Message}");
        }
    }
}
