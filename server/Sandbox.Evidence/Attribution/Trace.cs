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

    /// <summary>Whether one of these programs was run with another user's rights to change this account, and not only to look at it.</summary>
    public static bool IsRun(AdminAct act, string account, params ReadOnlySpan<string> programs) =>
        IsRunOf(act, programs) && act.Arguments.Contains(account) && !OnlyLooks(act);

    /// <summary>Whether one of these programs was run with another user's rights.</summary>
    public static bool IsRunOf(AdminAct act, params ReadOnlySpan<string> programs) =>
        act is { Action: AdminAct.Types.Action.Run, HasProgram: true } && programs.Contains(Name(act.Program));

    /// <summary>Whether a program was run with another user's rights and one of these words, each of which changes something.</summary>
    public static bool IsRunWith(AdminAct act, string program, params ReadOnlySpan<string> words)
    {
        if (!IsRunOf(act, program)) return false;
        foreach (var word in words)
            if (act.Arguments.Contains(word)) return true;
        return false;
    }

    /// <summary>Whether a program was run with another user's rights and a word that begins like one of these.</summary>
    public static bool IsRunWithLike(AdminAct act, string program, params ReadOnlySpan<string> beginnings) => IsRunOf(act, program) && Begins(act.Arguments, beginnings);

    /// <summary>Whether a program was run with another user's rights and nothing else was asked of it.</summary>
    public static bool IsRunBare(AdminAct act, string program) => IsRunOf(act, program) && act is { Arguments.Count: 0, HiddenArguments: 0 };

    /// <summary>Whether a file below one of these paths was written with another user's rights: opened in an editor, or what a command writes to. One that is only read is not.</summary>
    public static bool IsRunOnFile(AdminAct act, params ReadOnlySpan<string> paths)
    {
        if (act is not { Action: AdminAct.Types.Action.Run, HasProgram: true }) return false;
        IEnumerable<string> written = Name(act.Program) switch
        {
            "nano" or "vi" or "vim" or "vim.basic" or "sudoedit" or "tee" => act.Arguments,
            "visudo" when !OnlyLooks(act) => act.Arguments,
            "sed" when act.Arguments.Any(argument => argument == "--in-place" || HasFlag(argument, 'i')) => act.Arguments,
            _ => [],
        };
        return Begins(written, paths);
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

    /// <summary>Whether a unit was started, or one of these words of systemctl was said of it.</summary>
    /// <param name="act">The act.</param>
    /// <param name="unit">Its name, with ending.</param>
    /// <param name="words">What was to be done.</param>
    public static bool IsUnit(AdminAct act, string unit, params ReadOnlySpan<string> words)
    {
        var bare = unit.Replace(".service", "", StringComparison.Ordinal);
        if (act.Action == AdminAct.Types.Action.StartService) return act.Objects.Any(one => one.Kind == "service" && one.Name is { } name && (name == unit || name == bare));
        return IsRunWith(act, "systemctl", words) && (act.Arguments.Contains(unit) || act.Arguments.Contains(bare));
    }

    /// <summary>Whether a program that can change something was only asked how it is.</summary>
    public static bool OnlyLooks(AdminAct act) => Name(act.Program) switch
    {
        "chage" => act.Arguments.Any(argument => argument == "--list" || HasFlag(argument, 'l')),
        "passwd" => act.Arguments.Any(argument => argument == "--status" || HasFlag(argument, 'S')),
        "visudo" => act.Arguments.Any(argument => argument == "--check" || HasFlag(argument, 'c')),
        _ => false,
    };

    // -il, -cf: several in one.
    private static bool HasFlag(string argument, char flag) => argument is ['-', not '-', ..] && argument.Contains(flag, StringComparison.Ordinal);

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
