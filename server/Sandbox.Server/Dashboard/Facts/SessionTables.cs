using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Who is logged in, and when each account last was.</summary>
internal static class SessionTables
{
    public static IReadOnlyList<FactTable> Of(Sessions sessions) =>
    [
        new FactTable("Logged in now", ["User", "Since", "Terminal", "From", "Through", "Kind", "State"],
            [.. sessions.Sessions_.Select((one, index) => new FactTableRow($"sessions.sessions[{index}]",
            [
                one.User, Instant(one.LoggedInAt), one.HasTerminal ? one.Terminal : "none", one.HasRemoteHost ? one.RemoteHost : "the machine itself, or not said",
                one.HasService ? one.Service : null, Kind(one), one.HasState ? one.State : null,
            ]))]),
        new FactTable("Last login of each account", ["User", "Last login", "Terminal", "From"],
            [.. sessions.LastLogins.Select(one => new FactTableRow($"sessions.last_logins[{one.User}]",
            [
                one.User, Instant(one.At), one.HasTerminal ? one.Terminal : "none", one.HasRemoteHost ? one.RemoteHost : "the machine itself, or not said",
            ]))], Folded: true),
    ];

    private static string? Kind(Session one) => one switch
    {
        { HasType: true, HasClass: true } => $"{one.Type}, {one.Class}",
        { HasType: true } => one.Type,
        { HasClass: true } => one.Class,
        _ => null,
    };

    private static string? Instant(Timestamp? at) => at is null ? null : Instants.Of(at) is { } instant ? Words.Ages.Full(instant) : "not an instant";
}
