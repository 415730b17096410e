namespace Sandbox.Server.People;

/// <summary>Names of the authorisation policies.</summary>
internal static class Policies
{
    /// <summary>All devices and all refusals: admins, mentors and auditors.</summary>
    public const string SeeEverything = "see-everything";
}
