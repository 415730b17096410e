using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Sessions;

/// <summary>
/// The files of logind, one for each session. They call themselves private; sd_session_get_user(3) and its like have read these names from
/// them since 2011, without asking the daemon.
/// </summary>
internal static class LogindSessions
{
    public const string Folder = "run/systemd/sessions";
    private const int MostSessions = 2000;
    private const int MostBytes = 16 * 1024;

    /// <summary>Sessions by file name.</summary>
    public static List<Led> Read(RootFolder root, UnseenNotes unseen)
    {
        var found = new List<Led>();
        var names = root.List(Folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        // ID.ref is a pipe that the session's programs hold open.
        foreach (var name in names.Where(name => !name.Contains('.')).Take(MostSessions))
        {
            // One that ended meanwhile is none.
            if (root.TryRead($"{Folder}/{name}", out var text, out fault, MostBytes))
            {
                if (Of(name, text) is { } session) found.Add(session);
            }
            else if (root.Has($"{Folder}/{name}")) unseen.Add(fault);
        }
        return found;
    }

    /// <summary>Null: it names no user.</summary>
    public static Led? Of(string id, string text)
    {
        var (session, leader, user) = (new Session { Id = id }, 0, "");
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=');
            if (equals <= 0 || equals == line.Length - 1) continue;
            var (name, value) = (line[..equals], line[(equals + 1)..]);
            if (name == "USER") user = value;
            else if (name == "LEADER") _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out leader);
            else Take(session, name, value);
        }
        session.User = user;
        return user.Length == 0 ? null : new Led(session, leader);
    }

    private static void Take(Session session, string name, string value)
    {
        switch (name)
        {
            case "UID" when uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var uid): session.Uid = uid; break;
            case "TTY": session.Terminal = value; break;
            case "DISPLAY" when !session.HasTerminal: session.Terminal = value; break;
            case "REMOTE_HOST": session.RemoteHost = value; break;
            case "SERVICE": session.Service = value; break;
            case "TYPE": session.Type = value; break;
            case "CLASS": session.Class = value; break;
            case "STATE": session.State = value; break;
            case "REALTIME" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) && micros > 0:
                session.LoggedInAt = new Timestamp { Seconds = Math.Min(micros / 1_000_000, 253_402_300_799) };
                break;
        }
    }
}
