namespace Sandbox.Server.People;

/// <summary>Names of the authorisation policies.</summary>
internal static class Policies
{
    /// <summary>All devices and all refusals: admins, mentors and auditors.</summary>
    public const string SeeEverything = "see-everything";

    /// <summary>Join codes: apprentices for themselves, mentors and admins for anybody. Auditors change nothing.</summary>
    public const string Enrol = "enrol";

    /// <summary>Adding people, their roles, links and locks: admins.</summary>
    public const string ManagePeople = "manage-people";

    /// <summary>What is decided about devices: admins and mentors.</summary>
    public const string ManageDevices = "manage-devices";

    /// <summary>Signing and returning lines of apprentices: mentors.</summary>
    public const string SignOff = "sign-off";

    /// <summary>Giving tasks to apprentices and taking them back: mentors.</summary>
    public const string Assign = "assign";

    /// <summary>Taking signatures back: mentors and admins.</summary>
    public const string Revoke = "revoke";

    /// <summary>Entering what an apprentice did, read or was taught: apprentices for themselves, mentors for anybody.</summary>
    public const string KeepRecords = "keep-records";

    /// <summary>Reading the evidence log as a program: a token, and no session.</summary>
    public const string ReadByToken = "read-by-token";
}
