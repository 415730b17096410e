using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>An act as a device reported it.</summary>
/// <param name="Act">What it said.</param>
/// <param name="ReportId">Row of the report that brought it.</param>
public sealed record SeenAct(AdminAct Act, long ReportId)
{
    /// <summary>Its id, hexadecimal.</summary>
    public string Id => Convert.ToHexStringLower(Act.Id.Span);

    /// <summary>When it happened, by the device's clock. Null: the record does not say.</summary>
    public DateTimeOffset? OccurredAt => At(Act.OccurredAt);

    /// <summary>Why it was no person: the agent says it, or the SID under which it was done. Null: nothing speaks for that.</summary>
    public string? ByItself => Automation(Act);

    /// <inheritdoc cref="ByItself"/>
    public static string? Automation(AdminAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act.HasAutomation ? act.Automation : WindowsItself.Of(act.Actor);
    }

    /// <summary>An instant that a device says, which may be none. Null: it is none.</summary>
    public static DateTimeOffset? At(Google.Protobuf.WellKnownTypes.Timestamp? said) => said is { Seconds: > 0 and < 253_402_300_800 } at
        ? DateTimeOffset.FromUnixTimeSeconds(at.Seconds).AddTicks(Math.Clamp(at.Nanos, 0, 999_999_999) / 100)
        : null;
}
