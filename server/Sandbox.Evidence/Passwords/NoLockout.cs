using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>What the lockout rules say when a device reports no lockout.</summary>
internal static class NoLockout
{
    public static Opinion Opinion(PasswordPolicy policy, string setting) =>
        OnPolicy.Meaningless(policy, setting, "pam_faillock.so")
        ?? OnPolicy.Absent(policy, policy.HasEmptyPasswordsAccepted, "nothing in the auth stack locks an account");
}
