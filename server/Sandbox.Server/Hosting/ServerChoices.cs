using System.CommandLine;
using System.Net;

namespace Sandbox.Server.Hosting;

/// <summary>The options that <c>init</c> and <c>run</c> share. What is given once is remembered.</summary>
internal sealed class ServerChoices
{
    private readonly DataOption _data = new();
    private readonly Option<string?> _host = new("--host") { Description = "Name or address under which people and agents reach this server" };
    private readonly Option<int?> _webPort = new("--web-port") { Description = "Port of the pages (7443; 0: any free one)" };
    private readonly Option<int?> _agentPort = new("--agent-port") { Description = "Port of the agents (7444; 0: any free one)" };

    /// <summary>Puts the options on a command.</summary>
    public ServerChoices(Command command)
    {
        foreach (Option option in new Option[] { _data, _host, _webPort, _agentPort }) command.Options.Add(option);
    }

    /// <summary>The folders that --data names.</summary>
    public ServerFolders Folders(ParseResult parse) => _data.Folders(parse);

    /// <summary>What is remembered, with what was given now.</summary>
    /// <exception cref="SetupException">A value cannot be used.</exception>
    public ServerSettings Apply(ParseResult parse, ServerSettings? remembered)
    {
        var host = parse.GetValue(_host)?.Trim('[', ']').ToLowerInvariant() ?? remembered?.Host ?? Dns.GetHostName().ToLowerInvariant();
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new SetupException($"'{host}' is no host name and no address: give one that others can reach with --host NAME.");
        var settings = (remembered ?? new ServerSettings { Host = host, LogOrigin = $"{host}/evidence" }) with { Host = host };
        settings = settings with
        {
            WebPort = Port(parse, _webPort) ?? settings.WebPort,
            AgentPort = Port(parse, _agentPort) ?? settings.AgentPort,
        };
        if (settings.WebPort == settings.AgentPort && settings.WebPort != 0)
            throw new SetupException($"Pages and agents cannot share port {settings.WebPort}: give one of them another with --web-port N or --agent-port N.");
        return settings;
    }

    private static int? Port(ParseResult parse, Option<int?> option) => parse.GetValue(option) switch
    {
        null => null,
        { } port and >= 0 and <= 65535 => port,
        { } port => throw new SetupException($"{option.Name} {port} is no port: give a number from 1 to 65535, or 0 for any free one."),
    };
}
