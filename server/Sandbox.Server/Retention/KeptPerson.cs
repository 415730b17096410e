namespace Sandbox.Server.Retention;

/// <summary>How long a person's record is kept.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">What they type to sign in.</param>
/// <param name="DisplayName">What pages show.</param>
/// <param name="Role">Their role. Empty: none.</param>
/// <param name="Programme">Name of the programme that they are or were in.</param>
/// <param name="YearsKept">How many years it keeps a record after its apprentice left.</param>
/// <param name="LeftOn">The day on which they left. Null: they did not.</param>
/// <param name="KeptUntil">The last day of that time. Null: they have not left.</param>
/// <param name="HeldFor">Why nothing may be erased (legal hold). Null: there is no hold.</param>
/// <param name="HeldAt">Since when it is held. Null: there is no hold.</param>
/// <param name="IsDue">The time is over: it is to be erased, unless it is held.</param>
internal sealed record KeptPerson(
    Guid Id, string Name, string DisplayName, string Role, string Programme, int YearsKept, DateOnly? LeftOn, DateOnly? KeptUntil, string? HeldFor, DateTimeOffset? HeldAt, bool IsDue)
{
    /// <summary>The last day until which a record is kept. Null: its apprentice has not left.</summary>
    /// <param name="leftOn">The day on which they left. Null: they have not.</param>
    /// <param name="years">Years after it.</param>
    public static DateOnly? Until(DateOnly? leftOn, int years) => leftOn?.AddYears(years);
}
