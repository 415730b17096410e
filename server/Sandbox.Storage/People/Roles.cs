namespace Sandbox.Storage.People;

/// <summary>The names of the roles; a person has exactly one.</summary>
public static class Roles
{
    /// <summary>Sets up programmes, people and policies.</summary>
    public const string Admin = "admin";

    /// <summary>Watches the lab, reviews and signs off.</summary>
    public const string Mentor = "mentor";

    /// <summary>Reads everything, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Sees the own devices and the own record.</summary>
    public const string Apprentice = "apprentice";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, Mentor, Auditor, Apprentice];
}
