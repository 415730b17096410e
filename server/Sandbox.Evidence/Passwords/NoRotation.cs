using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>
/// Nothing but time may not force a password to be changed (NIST SP 800-63B-4, section 3.1.1.2). That it must be changed once, at the next login, is
/// no interval: it is what a compromise asks for.
/// </summary>
internal sealed record NoRotation : AgeDemand
{
    public override string Expected => "not changed for its age alone";

    public override (Opinion Opinion, DateTimeOffset? Next) Judge(Account account, DateTimeOffset now) => account switch
    {
        { HasLastChangeDay: true, HasMaxDays: true, MaxDays: >= 0 and < Rotation.Never and var days } => (new(Verdict.Fail, $"it must be changed every {days} days"), null),
        { HasLastChangeDay: true, LastChangeDay: 0 } => (new(Verdict.Pass, "it must be changed at the next login"), null),
        _ => (new(Verdict.Pass, "it never has to be changed"), null),
    };
}
