using System.Globalization;
using Sandbox.Protocol;
using Transport = Sandbox.Protocol.ListeningSocket.Types.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>Which sockets a service waits at for other machines: of a socket the device says the program, of a unit the name, so only where these fit is it told.</summary>
internal static class Listening
{
    private const int ShortestName = 3;

    // Parts of the paths of every program.
    private static readonly string[] Anywhere = ["usr", "bin", "sbin", "lib", "lib64", "libexec", "local", "opt", "snap", "etc", "var", "home", "root", "tmp"];

    // By UDP clients listen as well: only what servers have counts.
    private static readonly uint[] OfServers = [53, 67, 69, 514];

    /// <summary>Whether others can reach it.</summary>
    public static bool IsForOthers(ListeningSocket socket) =>
        socket.Address.Length > 0 && !IsOwn(socket.Address) && (socket.Protocol == Transport.Tcp || OfServers.Contains(socket.Port));

    /// <summary>Whether a program of the unit holds it.</summary>
    public static bool Belongs(ListeningSocket socket, ServiceUnit unit)
    {
        var names = unit.Aliases.Prepend(unit.Name).Select(Bare).ToList();
        return socket.Owners.Any(owner => names.Exists(name => IsOf(owner.Name, name) || (owner.HasProgram && owner.Program.Split('/').Except(Anywhere).Contains(name) && name.Any(char.IsAsciiLetter))));
    }

    /// <summary>Whether the unit has the very name of the program.</summary>
    public static bool IsNamedAs(ListeningSocket socket, ServiceUnit unit) => unit.Aliases.Prepend(unit.Name).Select(Bare).Any(name => socket.Owners.Any(owner => owner.Name == name));

    /// <summary>A unit's name without instance, ending and number: <c>postgresql@15-main.service</c> is <c>postgresql</c>.</summary>
    public static string Bare(string unit) => unit.Split('@')[0].Replace(".service", "", StringComparison.Ordinal);

    /// <summary>Whether one name is of the other: <c>nginx</c>, <c>mariadbd</c> of <c>mariadb</c>, <c>mariadb-server</c> of it as well; never <c>docker-proxy</c> of <c>docker</c>.</summary>
    public static bool IsOf(string name, string unit)
    {
        var (shorter, longer) = name.Length < unit.Length ? (name, unit) : (unit, name);
        if (Math.Min(shorter.Length, longer.Length) < ShortestName || !longer.StartsWith(shorter, StringComparison.Ordinal)) return false;
        var rest = longer[shorter.Length..];
        // A number is part of the program, never of the unit alone: sshd1.service is not sshd's.
        return rest is "" or "d" or "-server" or "ql" || (name.Length > unit.Length && rest.All(char.IsAsciiDigit));
    }

    // As the agent writes addresses.
    private static bool IsOwn(string address) => address == "::1" || address.StartsWith("127.", StringComparison.Ordinal) || address.StartsWith("::ffff:127.", StringComparison.Ordinal);

    /// <summary><c>TCP 80, 443</c>.</summary>
    public static string Words(IEnumerable<ListeningSocket> sockets) => string.Join(", ", sockets.GroupBy(one => one.Protocol).OrderBy(group => group.Key)
        .Select(group => $"{(group.Key == Transport.Tcp ? "TCP" : "UDP")} {string.Join(", ", group.Select(one => one.Port).Distinct().Order().Select(port => port.ToString(CultureInfo.InvariantCulture)))}"));
}
