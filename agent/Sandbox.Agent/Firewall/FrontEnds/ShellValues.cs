namespace Sandbox.Agent.Firewall.FrontEnds;

/// <summary>Lines of <c>NAME=value</c> or <c>NAME="value"</c> as shells and ufw read them; the last one of a name counts.</summary>
internal sealed class ShellValues
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public ShellValues(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.IsEmpty || line[0] == '#' || line.IndexOf('=') is not (> 0 and var equals)) continue;
            _values[line[..equals].Trim().ToString()] = line[(equals + 1)..].Trim().Trim("\"'").ToString();
        }
    }

    /// <summary>The value. Null: it is not set.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);
}
