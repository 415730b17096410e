using Sandbox.Evidence.Passwords;
using Sandbox.Evidence.Policies;

namespace Sandbox.Evidence;

/// <summary>The policy that a lab starts with: the profile <c>lab-default</c>.</summary>
public static class LabDefault
{
    /// <summary>Its id.</summary>
    public const string Id = "lab-default";

    /// <summary>The policy.</summary>
    public static Policy Policy { get; } = PolicyProfiles.Find(Id)!;

    /// <summary>Name and version, stored beside every judgement. The version rises when a rule or threshold changes.</summary>
    public static string Name => Policy.Name;

    /// <summary>Subject of what is said of all accounts at once, while none can be judged for itself; no account can have this name.</summary>
    public const string AllAccounts = EachAccount.All;

    /// <summary>Subject of the accounts that a directory has, and not the device.</summary>
    public const string DirectoryAccounts = EachAccount.OfDirectories;

    /// <inheritdoc cref="Policy.Judge"/>
    public static Judgement Judge(DeviceFacts facts, DateTimeOffset now, TimeSpan? silentAfter = null) => Policy.Judge(facts, now, silentAfter);
}
