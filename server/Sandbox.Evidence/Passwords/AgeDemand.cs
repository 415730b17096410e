using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>What is demanded of the age of one account's password.</summary>
internal abstract record AgeDemand
{
    /// <summary>In words: <c>changed at least every 180 days</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The opinion, and the next instant at which time alone changes it.</summary>
    public abstract (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, DateTimeOffset now);
}
