namespace Sandbox.EndToEnd.Packaging;

/// <summary>What sandbox-agent.service says, as far as tests do the same in systemd's place.</summary>
internal sealed class ServiceUnit
{
    private readonly ILookup<string, string> _settings;

    private ServiceUnit(ILookup<string, string> settings) => _settings = settings;

    /// <summary>The only value of a setting.</summary>
    public string this[string name] => _settings[name].Single();

    /// <summary>The capabilities that it has, as setpriv names them.</summary>
    public string Capabilities => string.Join(',', this["AmbientCapabilities"].Split(' ').Select(name => $"+{name["CAP_".Length..].ToLowerInvariant()}"));

    /// <summary>What stands before a command that is to run as its user, with its capabilities and no others.</summary>
    public string AsItsUser =>
        $"setpriv --reuid {this["User"]} --regid {this["Group"]} --init-groups --inh-caps -all,{Capabilities} --ambient-caps -all,{Capabilities} --bounding-set -all,{Capabilities} --no-new-privs";

    public static ServiceUnit Parse(string text) =>
        new(text.Split('\n').Where(line => line.Length > 0 && line[0] is not ('#' or '[')).Select(line => line.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]));
}
