using Sandbox.Evidence.Policies;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>A policy of the lab's rules for passwords and nothing else, for tests in which others would only be in the way.</summary>
internal static class PasswordsOnly
{
    public static Policy Policy { get; } = PolicyReader.Read("""
        schema: 1
        id: passwords-only
        version: 1
        title: Passwords only
        rules:
          - { id: password.max_age_days, expect: { op: between, min: 1, max: 180 }, grace_days: 7 }
          - { id: password.min_length, expect: { op: ">=", value: 12 } }
          - { id: password.history, expect: { op: ">=", value: 5 } }
          - { id: lockout.threshold, expect: { op: between, min: 1, max: 5 } }
          - { id: lockout.unlock_seconds, expect: { op: ">=", value: 900 } }
          - { id: password.hash_scheme, expect: { op: in, values: [yescrypt, sha512] } }
          - { id: account.empty_password, expect: { op: count, value: 0 } }
        """).Policy!;
}
