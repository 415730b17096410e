using Sandbox.Agent.Acts.Audit;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Doctor;

/// <summary>Whether the kernel makes records of Linux audit now.</summary>
/// <param name="IsOn">Null: one may not ask, or this kernel has no audit.</param>
/// <param name="Says">For people.</param>
/// <param name="Remedy">What to do. Null: nothing is to be done, or nothing can be.</param>
internal sealed record AuditStanding(bool? IsOn, string Says, string? Remedy = null)
{
    /// <summary>Of the running system. Null: the root folder is another one's.</summary>
    public static AuditStanding? Of(string root)
    {
        var folder = new RootFolder(root);
        if (!folder.IsThisSystem) return null;
        try
        {
            return Of(AuditSwitch.IsOn(), Auditd.Of(folder));
        }
        catch (KernelRefusal refusal)
        {
            return Of(refusal, Environment.IsPrivilegedProcess);
        }
    }

    /// <summary>In words.</summary>
    public static AuditStanding Of(bool isOn, Auditd auditd) => isOn
        ? new(true, "Linux audit is switched on.")
        : new(false, "Linux audit is switched off, so nobody is named better than by sudo's own word.",
            $"Switch it on, until this machine starts again: {Typed.AsRoot("doctor --fix")}{(auditd.Remedy is { } remedy ? $". For good: {remedy}" : "")}");

    /// <summary>In words, when the kernel does not answer.</summary>
    public static AuditStanding Of(KernelRefusal refusal, bool isRoot) => refusal switch
    {
        { IsForLackOfRights: true } when isRoot => new(null, "Whether Linux audit is switched on, the kernel does not tell here, not even root: as in a container."),
        { IsForLackOfRights: true } => new(null, $"Whether Linux audit is switched on, the kernel tells root alone: {Typed.AsRoot("doctor")}"),
        { MeansNotThere: true } => new(null, "This kernel has no Linux audit."),
        _ => new(null, $"Whether Linux audit is switched on, the kernel does not say: {refusal.Message}"),
    };
}
