using static Sandbox.Agent.AdminRights.SudoAliases;

namespace Sandbox.Agent.AdminRights;

/// <summary>What sudoers(5) says, all files together.</summary>
internal sealed class Sudoers
{
    /// <summary>Rules in the order of reading; the last that matches decides.</summary>
    public List<SudoRule> Rules { get; } = [];

    /// <summary>Settings in the order of reading.</summary>
    public List<SudoDefault> Defaults { get; } = [];

    /// <summary>Files that were read, with a leading slash.</summary>
    public List<string> Files { get; } = [];

    public SudoAliases Aliases { get; } = new();

    /// <summary>Takes one line that includes nothing. False: sudo cannot understand it, or its end, and leaves that out.</summary>
    public bool Take(string text, string path, uint line)
    {
        if (SudoDefault.Begins(text)) return Take(SudoDefault.Parse(text["Defaults".Length..], path, line));
        var blank = text.IndexOfAny([' ', '\t']) is >= 0 and var found ? found : text.Length;
        return text[..blank] switch
        {
            "User_Alias" => Aliases.Define(AliasKind.User, text[blank..]),
            "Runas_Alias" => Aliases.Define(AliasKind.Target, text[blank..]),
            "Host_Alias" => Aliases.Define(AliasKind.Host, text[blank..]),
            "Cmnd_Alias" or "Cmd_Alias" => Aliases.Define(AliasKind.Command, text[blank..]),
            _ => TakeRule(text, path, line),
        };
    }

    private bool Take(List<SudoDefault>? settings)
    {
        if (settings is null) return false;
        Defaults.AddRange(settings);
        return true;
    }

    private bool TakeRule(string text, string path, uint line)
    {
        if (SudoRuleText.Parse(text, path, line, out var whole) is { } rule) Rules.Add(rule);
        return whole;
    }
}
