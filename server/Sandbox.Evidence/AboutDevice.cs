namespace Sandbox.Evidence;

/// <summary>What people say of a device, beside what it says of itself.</summary>
public sealed record AboutDevice
{
    /// <summary>Nobody said anything.</summary>
    public static AboutDevice Nothing { get; } = new();

    /// <summary>Its id, 32 hexadecimal digits. Null: not known, and what is said of one device alone does not concern it.</summary>
    public string? Device { get; init; }

    /// <summary>The groups that it is in.</summary>
    public IReadOnlySet<string> Groups { get; init; } = new HashSet<string>();

    /// <summary>What it is for, by somebody's word. Null: nobody said, and what it does tells.</summary>
    public DeviceRole? Role { get; init; }

    /// <summary>Accounts whose passwords others know.</summary>
    public IReadOnlyList<CompromiseMark> Marks { get; init; } = [];

    /// <summary>Whether they say the same of it as before, in whatever order.</summary>
    public bool SaysTheSameAs(AboutDevice before)
    {
        ArgumentNullException.ThrowIfNull(before);
        return Role == before.Role && Groups.SetEquals(before.Groups) && Marks.ToHashSet().SetEquals(before.Marks);
    }
}

/// <summary>Somebody else may know an account's password.</summary>
/// <param name="Account">The account's name.</param>
/// <param name="Since">The day from which on, UTC.</param>
/// <param name="Reason">Why, in the words of who marked it.</param>
/// <param name="Everywhere">On every device that has such an account: those that have none are not concerned.</param>
public sealed record CompromiseMark(string Account, DateOnly Since, string Reason, bool Everywhere = false);
