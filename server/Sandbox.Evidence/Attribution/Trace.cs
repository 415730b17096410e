using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>Questions that rules ask of an act.</summary>
internal static class Trace
{
    /// <summary>Whether it is one of these, done to this account.</summary>
    /// <param name="act">The act.</param>
    /// <param name="name">The account's name.</param>
    /// <param name="uid">Its number. Null: only the name is known.</param>
    /// <param name="actions">What was done.</param>
    public static bool IsOnAccount(AdminAct act, string name, string? uid, params ReadOnlySpan<AdminAct.Types.Action> actions) =>
        actions.Contains(act.Action) && act.Objects.Any(one => one.Kind == "account" && (one.HasName ? one.Name == name : one.HasId && one.Id == uid));

    /// <summary>Whether one of these programs was run with another user's rights and an argument that is exactly this.</summary>
    public static bool IsRun(AdminAct act, string argument, params ReadOnlySpan<string> programs) =>
        IsRunOf(act, programs) && act.Arguments.Contains(argument);

    /// <summary>Whether one of these programs was run with another user's rights.</summary>
    public static bool IsRunOf(AdminAct act, params ReadOnlySpan<string> programs) =>
        act is { Action: AdminAct.Types.Action.Run, HasProgram: true } && programs.Contains(Name(act.Program));

    /// <summary>Whether a command was run with another user's rights on a file below one of these paths.</summary>
    public static bool IsRunOnFile(AdminAct act, params ReadOnlySpan<string> paths)
    {
        if (act is not { Action: AdminAct.Types.Action.Run, HasProgram: true }) return false;
        foreach (var path in paths)
            if (act.Arguments.Any(argument => argument.StartsWith(path, StringComparison.Ordinal))) return true;
        return false;
    }

    /// <summary>Whether it is on a package whose name begins like one of these.</summary>
    public static bool IsOnPackage(AdminAct act, params ReadOnlySpan<string> names) =>
        act.Action is AdminAct.Types.Action.Install or AdminAct.Types.Action.Remove or AdminAct.Types.Action.Upgrade or AdminAct.Types.Action.Reinstall && HasObject(act, "package", names);

    /// <summary>Whether it started or stopped a service whose name begins like one of these, or enabled one.</summary>
    public static bool IsOnService(AdminAct act, params ReadOnlySpan<string> names)
    {
        if (act.Action is AdminAct.Types.Action.StartService or AdminAct.Types.Action.StopService) return HasObject(act, "service", names);
        return IsRunOf(act, "systemctl", "service") && Begins(act.Arguments, names);
    }

    private static bool HasObject(AdminAct act, string kind, ReadOnlySpan<string> names) => Begins(act.Objects.Where(one => one.Kind == kind && one.HasName).Select(one => one.Name), names);

    private static bool Begins(IEnumerable<string> words, ReadOnlySpan<string> names)
    {
        foreach (var word in words)
            foreach (var name in names)
                if (word.StartsWith(name, StringComparison.Ordinal)) return true;
        return false;
    }

    private static string Name(string program) => program[(program.LastIndexOf('/') + 1)..];
}
