using Sandbox.Evidence.Passwords;
using Sandbox.Protocol;

namespace Sandbox.Evidence;

/// <summary>The policy that a lab starts with.</summary>
public static class LabDefault
{
    /// <summary>Name and version, stored beside every judgement. The version rises when a rule or threshold changes.</summary>
    public const string Name = "lab-default/1";

    /// <summary>Subject of what is said of all accounts at once, while none can be judged for itself; no account can have this name.</summary>
    public const string AllAccounts = AccountMaxAge.AllAccounts;

    /// <summary>Subject of the accounts that a directory has, and not the device.</summary>
    public const string DirectoryAccounts = AccountMaxAge.DirectoryAccounts;

    /// <summary>Kinds that its rules read: only their change can change a verdict, and time.</summary>
    public static IReadOnlyList<Fact.KindOneofCase> Reads { get; } = [Fact.KindOneofCase.PasswordPolicy, Fact.KindOneofCase.Accounts];

    /// <summary>The demands on the device's password policy: one finding each, on the device as a whole.</summary>
    internal static readonly IRule[] OnPasswordPolicy =
    [
        new DefaultMaxAge(AtLeastDays: 1, AtMostDays: 180),
        new MinimumLength(AtLeast: 12),
        new PasswordHistory(AtLeast: 5),
        new LockoutThreshold(AtLeast: 1, AtMost: 5),
        new LockoutDuration(AtLeastSeconds: 900),
        new NewHashScheme(["yescrypt", "sha512"]),
    ];

    /// <summary>The demand on each person's account.</summary>
    internal static readonly AccountMaxAge OnAccounts = new(new Rotation(AtLeastDays: 1, AtMostDays: 180, GraceDays: 7));

    private static readonly IRule[] Rules = [.. OnPasswordPolicy, OnAccounts, new EmptyPasswords()];

    /// <summary>All findings on one device at one instant.</summary>
    /// <param name="facts">What the device has reported. Nothing at all gives <see cref="Verdict.Unknown"/> for every rule.</param>
    /// <param name="now">The instant to judge at; days are UTC days.</param>
    /// <param name="silentAfter">From how long a silence on passes and failures turn <see cref="Verdict.Unknown"/>. Null: never.</param>
    public static Judgement Judge(DeviceFacts facts, DateTimeOffset now, TimeSpan? silentAfter = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var parts = Array.ConvertAll(Rules, rule => rule.Judge(facts, now));
        var judgement = new Judgement([.. parts.SelectMany(part => part.Findings)], parts.Min(part => part.NextInstant));
        return silentAfter is { } after && facts.HeardAt is { } heard ? Silence.TakenIn(judgement, heard, after, now) : judgement;
    }
}
