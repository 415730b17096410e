using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>One line of authorized_keys (sshd(8)): options, key, comment. Of an option only its name is kept.</summary>
internal static class AuthorizedKeyLine
{
    private static readonly HashSet<string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        "agent-forwarding", "cert-authority", "command", "environment", "expiry-time", "from", "no-agent-forwarding", "no-port-forwarding",
        "no-pty", "no-touch-required", "no-user-rc", "no-X11-forwarding", "permitlisten", "permitopen", "port-forwarding", "principals",
        "pty", "restrict", "tunnel", "user-rc", "verify-required", "X11-forwarding",
    };

    /// <summary>Whether the line says anything at all.</summary>
    public static bool Says(ReadOnlySpan<char> line) => line.Trim() is not ([] or ['#', ..]);

    /// <summary>Null: there is no key in it.</summary>
    public static SshKey? Parse(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (PublicKey.Parse(line) is { } plain) return plain;
        var end = OptionsEnd(line);
        if (PublicKey.Parse(line[end..]) is not { } key) return null;
        key.Options.AddRange(Names(line[..end]).Distinct().Order(StringComparer.Ordinal));
        return key;
    }

    // Options end at the first blank outside quotes.
    private static int OptionsEnd(ReadOnlySpan<char> line)
    {
        var quoted = false;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] == '"') at++;
            else if (line[at] == '"') quoted = !quoted;
            else if (!quoted && line[at] is ' ' or '\t' && !quoted) return at;
        }

        return line.Length;
    }

    private static List<string> Names(ReadOnlySpan<char> options)
    {
        var found = new List<string>();
        while (!options.IsEmpty)
        {
            var end = OptionEnd(options);
            var option = options[..end];
            var name = (option.IndexOf('=') is >= 0 and var equals ? option[..equals] : option).ToString();
            found.Add(Options.TryGetValue(name, out var known) ? known : "other");
            options = options[end..].TrimStart(',');
        }

        return found;
    }

    private static int OptionEnd(ReadOnlySpan<char> options)
    {
        var quoted = false;
        for (var at = 0; at < options.Length; at++)
        {
            if (options[at] == '\\' && at + 1 < options.Length && options[at + 1] == '"') at++;
            else if (options[at] == '"') quoted = !quoted;
            else if (options[at] == ',' && !quoted) return at;
        }

        return options.Length;
    }
}
