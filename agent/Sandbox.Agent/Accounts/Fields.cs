namespace Sandbox.Agent.Accounts;

/// <summary>Fields of a line that colons separate, as in passwd(5), shadow(5) and group(5); no string is made of them.</summary>
internal ref struct Fields(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;
    private bool _ended;

    /// <summary>How many there are.</summary>
    public static int Count(ReadOnlySpan<char> line) => line.Count(':') + 1;

    /// <summary>The next one; empty when there is none left.</summary>
    public ReadOnlySpan<char> Next()
    {
        if (_ended) return default;
        var colon = _rest.IndexOf(':');
        var field = colon < 0 ? _rest : _rest[..colon];
        _ended = colon < 0;
        _rest = _ended ? default : _rest[(colon + 1)..];
        return field;
    }
}
