using Sandbox.Evidence.Passwords;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>The policy that a lab starts with: the profile <c>lab-default</c>.</summary>
public static class LabDefault
{
    private static readonly Policy Policy = PolicyProfiles.Find("lab-default")!;

    /// <summary>Name and version, stored beside every judgement. The version rises when a rule or threshold changes.</summary>
    public static string Name => Policy.Name;

    /// <summary>Subject of what is said of all accounts at once, while none can be judged for itself; no account can have this name.</summary>
    public const string AllAccounts = AccountMaxAge.AllAccounts;

    /// <summary>Subject of the accounts that a directory has, and not the device.</summary>
    public const string DirectoryAccounts = AccountMaxAge.DirectoryAccounts;

    /// <summary>Kinds that its rules read: only their change can change a verdict, and time.</summary>
    public static IReadOnlyList<Fact.KindOneofCase> Reads => Policy.Reads;

    /// <summary>The demands on the device's password policy: one finding each, on the device as a whole.</summary>
    internal static IReadOnlyList<IRule> OnPasswordPolicy { get; } = [.. Policy.On(Fact.KindOneofCase.PasswordPolicy)];

    /// <summary>The demand on each person's account.</summary>
    internal static AccountMaxAge OnAccounts { get; } = Policy.On(Fact.KindOneofCase.Accounts).OfType<AccountMaxAge>().Single();

    /// <inheritdoc cref="Policy.Judge"/>
    public static Judgement Judge(DeviceFacts facts, DateTimeOffset now, TimeSpan? silentAfter = null) => Policy.Judge(facts, now, silentAfter);
}
