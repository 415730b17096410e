using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>What a session says of its person: id, sign-in name, roles, and the name that pages show.</summary>
internal sealed class PersonClaims(
    UserManager<Person> people, RoleManager<IdentityRole<Guid>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<Guid>>(people, roles, options)
{
    /// <summary>The claim with the name that pages show.</summary>
    public const string DisplayName = "display_name";

    /// <inheritdoc/>
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var shown = user.DisplayName.Length > 0 ? user.DisplayName : user.UserName ?? "";
        identity.AddClaim(new Claim(DisplayName, shown));
        return identity;
    }
}
