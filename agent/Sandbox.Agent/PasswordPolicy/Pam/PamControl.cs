namespace Sandbox.Agent.PasswordPolicy.Pam;

/// <summary>What the control field of pam.d(5) makes of a module's failure.</summary>
internal static class PamControl
{
    /// <summary>Whether a failure of the module makes the whole stack fail. An unlisted failure in brackets does.</summary>
    public static bool Refuses(string control) => control switch
    {
        ['[', .. var actions, ']'] => Default(actions) is null or "bad" or "die",
        _ => control.ToLowerInvariant() is "required" or "requisite",
    };

    private static string? Default(string actions) => actions
        .ToLowerInvariant()
        .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        .LastOrDefault(action => action.StartsWith("default=", StringComparison.Ordinal))?["default=".Length..];
}
