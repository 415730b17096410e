using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>What the lockout rules say when a device reports no lockout.</summary>
internal static class NoLockout
{
    public static Opinion Opinion(PasswordPolicy policy, string setting) =>
        OnPolicy.Absent(policy, policy.HasEmptyPasswordsAccepted, setting, "nothing in the auth stack locks an account");
}
