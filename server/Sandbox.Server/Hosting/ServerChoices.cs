using System.CommandLine;
using System.Net;
using Sandbox.Server.Compliance;

namespace Sandbox.Server.Hosting;

/// <summary>The options that <c>init</c> and <c>run</c> share. What is given once is remembered.</summary>
internal sealed class ServerChoices
{
    // Agents say something once a minute, unless --heartbeat says otherwise.
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromHours(1);

    private readonly DataOption _data = new();
    private readonly Option<string?> _host = new("--host") { Description = "Name or address under which people and agents reach this server" };
    private readonly Option<int?> _webPort = new("--web-port") { Description = "Port of the pages (7443; 0: any free one)" };
    private readonly Option<int?> _agentPort = new("--agent-port") { Description = "Port of the agents (7444; 0: any free one)" };

    private readonly Option<string?> _store = new("--store") { Description = "Where the data is kept: sqlite (in the data folder), or postgresql://USER@HOST:PORT/DATABASE" };
    private readonly Option<bool> _leaveData = new("--leave-data") { Description = "With --store: begin anew in another store and leave the data where it is" };
    private readonly Option<string?> _silentAfter = new("--silent-after") { Description = "Silence after which the verdicts on a device are unknown (24h; 5m to 30d)" };

    private readonly Option<string?> _policy = new("--policy") { Description = "What is demanded of devices: a file (a copy is kept), or the id of a profile that `policy list` names (lab-default)" };
    private readonly Option<string?> _heartbeat = new("--heartbeat") { Description = "Longest time between two signed reports of a device (1m; up to 1h)" };

    /// <summary>Puts the options on a command.</summary>
    public ServerChoices(Command command)
    {
        foreach (Option option in new Option[] { _data, _host, _webPort, _agentPort, _store, _leaveData, _silentAfter, _heartbeat, _policy }) command.Options.Add(option);
    }

    /// <summary>The folders that --data names.</summary>
    public ServerFolders Folders(ParseResult parse) => _data.Folders(parse);

    /// <summary>What is remembered, with what was given now.</summary>
    /// <exception cref="SetupException">A value cannot be used.</exception>
    public ServerSettings Apply(ParseResult parse, ServerSettings? remembered)
    {
        var host = HostNamed(parse.GetValue(_host) ?? remembered?.Host ?? Dns.GetHostName());
        var settings = (remembered ?? new ServerSettings { Host = host, LogOrigin = $"{host}/evidence" }) with { Host = host };
        settings = settings with
        {
            WebPort = Port(parse, _webPort) ?? settings.WebPort,
            AgentPort = Port(parse, _agentPort) ?? settings.AgentPort,
            Store = Store(parse, remembered) ?? settings.Store,
            SilentAfter = parse.GetValue(_silentAfter) is { } words ? Silence(words) : settings.SilentAfter,
            Heartbeat = parse.GetValue(_heartbeat) is { } beat ? Beat(beat) : settings.Heartbeat,
        };
        if (settings.WebPort == settings.AgentPort && settings.WebPort != 0)
            throw new SetupException($"Pages and agents cannot share port {settings.WebPort}: give one of them another with --web-port N or --agent-port N.");
        // Last: it keeps a copy, which nothing that is wrong with another option may leave behind.
        return parse.GetValue(_policy) is { } policy ? settings with { Policy = PolicyInUse.Take(policy, Folders(parse), remembered) } : settings;
    }

    /// <summary>A host as it was typed, in its usual form.</summary>
    /// <exception cref="SetupException">It is none.</exception>
    public static string HostNamed(string typed)
    {
        var host = typed.Trim('[', ']').ToLowerInvariant();
        return Uri.CheckHostName(host) == UriHostNameType.Unknown
            ? throw new SetupException($"'{host}' is no host name and no address: give one that others can reach with --host NAME.")
            : host;
    }

    // The data does not move along: what looks like an empty lab would be one.
    private string? Store(ParseResult parse, ServerSettings? remembered)
    {
        if (parse.GetValue(_store) is not { } typed) return null;
        var store = ChosenStore.Named(typed);
        if (remembered is null || remembered.Store == store || parse.GetValue(_leaveData)) return store;
        throw new SetupException(
            $"This lab keeps its data in {remembered.Store}; in {store} it would begin without people, devices and log, and every device would have to be enrolled again. "
            + $"To go on where the data is, leave --store away. To begin anew, give the new lab a folder of its own with --data DIR, or type, on purpose: --store {store} --leave-data");
    }

    private static TimeSpan Silence(string words) => Duration.Find(words) is { } time && time >= ShortestSilence
        ? time
        : throw new SetupException($"--silent-after {words} is no time that can be used: give minutes, hours or days from 5m to 30d, such as 30m, 24h or 7d.");

    private static TimeSpan Beat(string words) => Duration.Find(words) is { } time && time <= LongestHeartbeat
        ? time
        : throw new SetupException($"--heartbeat {words} is no time that can be used: give minutes from 1m to 60m, or 1h.");

    private static int? Port(ParseResult parse, Option<int?> option) => parse.GetValue(option) switch
    {
        null => null,
        { } port and >= 0 and <= 65535 => port,
        { } port => throw new SetupException($"{option.Name} {port} is no port: give a number from 1 to 65535, or 0 for any free one."),
    };
}
