namespace Sandbox.Evidence.Attribution;

/// <summary>Which person an account was at one moment.</summary>
public abstract record Who
{
    /// <summary>A known person.</summary>
    /// <param name="Holder">Who.</param>
    /// <param name="By">By what they are known, for people: <c>the account anna</c>.</param>
    public sealed record One(AccountHolder Holder, string By) : Who;

    /// <summary>No one person can be named.</summary>
    /// <param name="Why">Why, for people.</param>
    public sealed record Nobody(string Why) : Who;
}
