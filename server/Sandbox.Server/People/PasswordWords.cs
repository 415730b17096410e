using Microsoft.AspNetCore.Identity;

namespace Sandbox.Server.People;

/// <summary>Identity's faults in our words.</summary>
internal sealed class PasswordWords : IdentityErrorDescriber
{
    /// <inheritdoc/>
    public override IdentityError PasswordTooShort(int length) => new()
    {
        Code = nameof(PasswordTooShort),
        Description = $"The password needs at least {length} characters. Several unrelated words are easy to remember and hard to guess.",
    };
}
