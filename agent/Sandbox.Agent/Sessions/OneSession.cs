using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>Makes one session of what utmp and logind say of it.</summary>
internal static class OneSession
{
    /// <summary>Sorted; what logind knows wins, what only utmp knows is added.</summary>
    public static List<Session> Merge(List<Led> logind, List<Led> utmp)
    {
        var all = logind.ConvertAll(led => led.Session);
        foreach (var record in utmp)
        {
            if (logind.Find(led => Same(led, record)) is { } known) Add(known.Session, record.Session);
            else all.Add(record.Session);
        }
        all.Sort(ByUserTimeTerminalAndId);
        return all;
    }

    private static bool Same(Led one, Led other) =>
        one.Session.User == other.Session.User
        && ((one.Leader > 0 && one.Leader == other.Leader) || (one.Session.HasTerminal && one.Session.Terminal == other.Session.Terminal));

    private static void Add(Session session, Session said)
    {
        if (!session.HasTerminal && said.HasTerminal) session.Terminal = said.Terminal;
        if (!session.HasRemoteHost && said.HasRemoteHost) session.RemoteHost = said.RemoteHost;
        session.LoggedInAt ??= said.LoggedInAt;
    }

    private static int ByUserTimeTerminalAndId(Session one, Session other)
    {
        var order = string.CompareOrdinal(one.User, other.User);
        if (order == 0) order = (one.LoggedInAt?.Seconds ?? 0).CompareTo(other.LoggedInAt?.Seconds ?? 0);
        if (order == 0) order = string.CompareOrdinal(one.Terminal, other.Terminal);
        return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
    }
}
