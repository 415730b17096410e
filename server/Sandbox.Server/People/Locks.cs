using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// A name that an admin locked, told from one that five wrong passwords locked for ten minutes: its lock ends in another age.
/// </summary>
internal static class Locks
{
    /// <summary>The end of an admin's lock.</summary>
    public static readonly DateTimeOffset Forever = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether an admin locked this person out.</summary>
    public static bool IsLockedForGood(this Person person) => person.LockoutEnd >= Forever;
}
