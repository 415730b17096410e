using Microsoft.AspNetCore.Hosting.Server;

namespace Sandbox.Server.Hosting;

/// <summary>Under which addresses people and agents reach the running server; what join codes and one-time links carry.</summary>
internal sealed class Addresses(ServerSettings settings, IServer server)
{
    /// <summary>Where agents connect: <c>lab.example:7444</c>.</summary>
    public string Agents => Bound.AgentAddress;

    private ServerSettings Bound => settings with { Bound = Listening.PortsOf(server) };

    /// <summary>The address of a page: <c>https://lab.example:7443/setup</c>.</summary>
    public string Page(string path) => Bound.Page(path);
}
