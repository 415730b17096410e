using System.Globalization;

namespace Sandbox.Evidence.Settings;

/// <summary>How long a locked account stays locked, as faillock.conf(5) has it: 0 and <c>never</c> are until an administrator opens it.</summary>
/// <param name="AtLeastSeconds">Null: nobody but an administrator may open it.</param>
internal sealed record LockoutDemand(long? AtLeastSeconds) : ValueDemand
{
    public override string Words => AtLeastSeconds is { } seconds ? $"{seconds} seconds or more" : "never";

    public override bool Meets(string value)
    {
        if (value == "never") return true;
        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && (seconds == 0 || seconds >= AtLeastSeconds);
    }
}
