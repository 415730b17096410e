using System.Security.Claims;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>Who is looking, and whether at everything or only at the own devices.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="DisplayName">The name that pages show.</param>
/// <param name="Role">The role, or empty when the person has none; such a person sees the own devices, as an apprentice does.</param>
public sealed record Viewer(Guid PersonId, string DisplayName, string Role)
{
    internal static readonly string[] RolesThatSeeEverything = [Roles.Admin, Roles.Mentor, Roles.Auditor];

    internal static readonly string[] RolesThatManageDevices = [Roles.Admin, Roles.Mentor];

    internal static readonly string[] RolesThatEnrol = [Roles.Admin, Roles.Mentor, Roles.Apprentice];

    internal static readonly string[] RolesThatRevoke = [Roles.Admin, Roles.Mentor];

    internal static readonly string[] RolesThatKeepRecords = [Roles.Mentor, Roles.Apprentice];

    /// <summary>Whether lines of apprentices may be signed and returned.</summary>
    public bool SignsOff => Role == Roles.Mentor;

    /// <summary>Whether tasks may be given to apprentices.</summary>
    public bool Assigns => Role == Roles.Mentor;

    /// <summary>Whether signatures may be taken back.</summary>
    public bool Revokes => RolesThatRevoke.Contains(Role);

    /// <summary>Whether this person may enter and withdraw records of somebody.</summary>
    public bool KeepsRecordsOf(Guid person) => Role == Roles.Mentor || (Role == Roles.Apprentice && person == PersonId);

    /// <summary>Whether join codes may be made, at least for oneself.</summary>
    public bool MayEnrol => RolesThatEnrol.Contains(Role);

    /// <summary>Whether join codes may be made for anybody, and devices be decided about.</summary>
    public bool ManagesDevices => RolesThatManageDevices.Contains(Role);

    /// <summary>Whether people may be added, changed and locked.</summary>
    public bool ManagesPeople => Role == Roles.Admin;

    /// <summary>Whether all devices may be seen; otherwise only those that the person owns.</summary>
    public bool SeesEverything => RolesThatSeeEverything.Contains(Role);

    /// <summary>The person behind a signed-in request.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the route was opened by mistake.</exception>
    public static Viewer Of(ClaimsPrincipal user)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
            throw new InvalidOperationException("A page for signed-in people was reached without a session.");
        var role = Roles.All.FirstOrDefault(user.IsInRole) ?? "";
        return new Viewer(id, user.FindFirstValue(PersonClaims.DisplayName) ?? user.Identity?.Name ?? "", role);
    }
}
