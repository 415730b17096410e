namespace Sandbox.Agent.Acts.Redaction;

/// <summary>
/// Reads arguments as getopt_long(3) does. From the first thing that the rule does not know on, nothing is shown: what follows could be its value.
/// </summary>
internal sealed class ShownArguments(ProgramRule rule)
{
    private const int Most = 40;
    private readonly List<string> _shown = [];
    private readonly List<string> _shownPositionals = [];
    private IReadOnlyList<string> _all = [];
    private int _at;
    private bool _verbSeen;
    private int _positionals;

    /// <summary>The arguments that are shown, in order.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> arguments)
    {
        _all = arguments;
        for (_at = 0; _at < arguments.Count && _shown.Count < Most; _at++)
            if (!Take(arguments[_at])) break;
        if (_positionals > rule.MostPositional) _shown.RemoveAll(_shownPositionals.Contains);
        return _verbSeen || rule.Verbs.Length == 0 ? _shown : [];
    }

    private bool Take(string argument)
    {
        if (argument.StartsWith("--", StringComparison.Ordinal)) return argument.Length > 2 && TakeLong(argument);
        return argument is ['-', _, ..] ? TakeShort(argument) : TakePositional(argument);
    }

    private bool TakeLong(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument : argument[..equals];
        if (equals < 0 && rule.LongFlags.Contains(name)) return Show(argument);
        if (rule.Hidden.Contains(name)) return equals >= 0 || Pass();
        if (!rule.Shown.Contains(name)) return false;
        if (equals < 0) return Show(argument) && TakeValue();
        if (rule.Value(argument[(equals + 1)..])) _shown.Add(argument);
        return true;
    }

    // -aG sudo, -pHASH, -p HASH: flags up to the first letter that takes a value.
    private bool TakeShort(string argument)
    {
        var at = 1;
        while (at < argument.Length && rule.Flags.Contains(argument[at], StringComparison.Ordinal)) at++;
        if (at == argument.Length) return Show(argument);
        var (option, rest) = ($"-{argument[at]}", argument[(at + 1)..]);
        if (rule.Hidden.Contains(option)) return rest.Length > 0 || Pass();
        if (!rule.Shown.Contains(option)) return false;
        if (rest.Length == 0) return Show(argument) && TakeValue();
        if (rule.Value(rest)) _shown.Add(argument);
        return true;
    }

    private bool TakePositional(string argument)
    {
        if (!_verbSeen && rule.Verbs.Length > 0)
        {
            _verbSeen = rule.Verbs.Contains(argument);
            return _verbSeen && Show(argument);
        }
        if (rule.StopAt.Contains(argument)) return false;
        if (++_positionals > rule.FirstPositional) return false;
        if (rule.Positional?.Invoke(argument) != true) return true;
        _shownPositionals.Add(argument);
        return Show(argument);
    }

    private bool TakeValue()
    {
        if (++_at < _all.Count && rule.Value(_all[_at])) _shown.Add(_all[_at]);
        return true;
    }

    private bool Pass()
    {
        _at++;
        return true;
    }

    private bool Show(string argument)
    {
        _shown.Add(argument);
        return true;
    }
}
