using Sandbox.Agent.PasswordPolicy.Pam;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>Modules that check new passwords in ways of their own: with one in the stack, nobody here knows the least length.</summary>
internal static class OtherCheckers
{
    public static IReadOnlyList<string> Modules { get; } = ["pam_cracklib.so", "pam_passwdqc.so"];

    /// <summary>The first of them. Null: none.</summary>
    public static PamLine? In(PamStack password) => password.Lines.FirstOrDefault(line => Modules.Contains(line.Module));
}
