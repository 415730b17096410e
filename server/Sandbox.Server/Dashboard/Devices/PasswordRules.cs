using System.Linq.Expressions;
using Sandbox.Storage.Findings;

namespace Sandbox.Server.Dashboard.Devices;

/// <summary>Which findings make up password compliance: the rules on passwords, on lockout and on accounts.</summary>
internal static class PasswordRules
{
    public static Expression<Func<StoredFinding, bool>> IsOne { get; } =
        finding => finding.Rule.StartsWith("password.") || finding.Rule.StartsWith("lockout.") || finding.Rule.StartsWith("account.");
}
