namespace Sandbox.Agent.AdminRights;

/// <summary>Reads a rule: <c>users hosts = (users:groups) TAG: command, command : hosts = ...</c> of sudoers(5).</summary>
internal static class SudoRuleText
{
    private static readonly string[] Tags =
    [
        "PASSWD", "NOPASSWD", "SETENV", "NOSETENV", "EXEC", "NOEXEC", "LOG_INPUT", "NOLOG_INPUT", "LOG_OUTPUT", "NOLOG_OUTPUT", "MAIL", "NOMAIL",
        "FOLLOW", "NOFOLLOW", "INTERCEPT", "NOINTERCEPT",
    ];

    private static readonly string[] Options =
        ["ROLE", "TYPE", "APPARMOR_PROFILE", "PRIVS", "LIMITPRIVS", "NOTBEFORE", "NOTAFTER", "TIMEOUT", "CWD", "CHROOT"];

    private static readonly string[] Digests = ["sha224", "sha256", "sha384", "sha512"];

    /// <summary>
    /// The rule, up to the hosts that the fault stands behind, as sudo keeps it. Null: there is none.
    /// </summary>
    public static SudoRule? Parse(string text, string path, uint line, out bool whole)
    {
        var cursor = new SudoersCursor(text);
        var privileges = new List<SudoPrivilege>();
        whole = false;
        if (Names(cursor) is not { } users) return null;
        while (!whole && Privilege(cursor) is { } privilege)
        {
            whole = cursor.AtEnd;
            if (!whole && !cursor.Take(':')) break;
            privileges.Add(privilege);
        }

        return privileges.Count > 0 ? new SudoRule(users, privileges, path, line) : null;
    }

    /// <summary>A list of names that commas separate. Null: a name is missing.</summary>
    public static List<Listed>? Names(SudoersCursor cursor) => List(cursor, cursor.Name);

    /// <summary>A list of commands that commas separate, as an alias has it. Null: something there is no command.</summary>
    public static List<Listed>? CommandNames(SudoersCursor cursor) => List(cursor, () => Command(cursor));

    private static List<Listed>? List(SudoersCursor cursor, Func<string?> next)
    {
        var found = new List<Listed>();
        do
        {
            var not = cursor.TakeNot();
            if (next() is not { } name) return null;
            found.Add(new Listed(name, not));
        }
        while (cursor.Take(','));
        return found;
    }

    private static SudoPrivilege? Privilege(SudoersCursor cursor)
    {
        if (Names(cursor) is not { } hosts || !cursor.Take('=')) return null;
        var commands = new List<SudoCommands>();
        var terms = SudoTerms.None;
        do
        {
            if (Terms(cursor, terms) is not { } own) return null;
            var not = cursor.TakeNot();
            if (Command(cursor) is not { } name) return null;
            if (own == terms && commands.Count > 0) ((List<Listed>)commands[^1].Names).Add(new Listed(name, not));
            else commands.Add(new SudoCommands(own, new List<Listed> { new(name, not) }));
            terms = own;
        }
        while (cursor.Take(','));
        return new SudoPrivilege(hosts, commands);
    }

    private static SudoTerms? Terms(SudoersCursor cursor, SudoTerms inherited)
    {
        var terms = inherited;
        if (cursor.Take('('))
        {
            var users = cursor.Sees(':') || cursor.Sees(')') ? [] : Names(cursor);
            var groups = cursor.Take(':') && !cursor.Sees(')') ? Names(cursor) : [];
            if (users is null || groups is null || !cursor.Take(')')) return null;
            terms = terms with { Users = users, Groups = groups };
        }

        while (true)
        {
            if (cursor.TakeMark(Options, '=') is { } option)
            {
                if (cursor.Value() is null) return null;
                if (option is "NOTBEFORE" or "NOTAFTER") terms = terms with { Timed = true };
            }
            else if (cursor.TakeMark(Tags, ':') is { } tag) terms = Tagged(terms, tag);
            else return terms;
        }
    }

    private static SudoTerms Tagged(SudoTerms terms, string tag) => tag switch
    {
        "NOPASSWD" or "PASSWD" => terms with { NoPassword = tag == "NOPASSWD" },
        "SETENV" or "NOSETENV" => terms with { SetEnvironment = tag == "SETENV" },
        "NOEXEC" or "EXEC" => terms with { NoExec = tag == "NOEXEC" },
        _ => terms,
    };

    // A command may come with the checksums that its file must have.
    private static string? Command(SudoersCursor cursor)
    {
        while (true)
        {
            if (cursor.Command() is not { } name) return null;
            if (!Digests.Contains(name)) return IsCommand(name) ? name : null;
            if (!cursor.Take(':') || cursor.Digest() is null) return null;
            cursor.Take(',');
        }
    }

    private static bool IsCommand(string name) =>
        name is ['/' or '^', ..] or "sudoedit" or "list" || SudoAliases.IsName(name);
}
