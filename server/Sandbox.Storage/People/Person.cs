using Microsoft.AspNetCore.Identity;

namespace Sandbox.Storage.People;

/// <summary>Somebody who signs in: an apprentice, mentor, auditor or admin. <c>UserName</c> is what they type to sign in.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The name that pages show.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>When the person was added.</summary>
    public DateTimeOffset AddedAt { get; set; }
}
