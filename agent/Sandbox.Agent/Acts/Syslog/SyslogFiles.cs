using Sandbox.Agent.Acts.Following;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>The files into which rsyslog and its like write.</summary>
internal static class SyslogFiles
{
    /// <summary>authpriv (Debian, Red Hat), and everything else.</summary>
    public static readonly string[] Paths = ["var/log/auth.log", "var/log/secure", "var/log/syslog", "var/log/messages"];

    /// <summary>Reads lines into the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="main">It is a log of everything, which has the lines of authpriv as well on some systems: there only NetworkManager is heard.</param>
    public static ITakesRecords Records(ActRun run, bool main) => new LineRecords((bytes, at) =>
    {
        if (SyslogLine.Parse(bytes, run.Clock) is not { } line || (main && line.Program != "NetworkManager")) return true;
        var act = ProgramText.Of(line.Program, line.Text, at.ToString(), line.At);
        return act is null || run.Take(act.Pid(line.Pid));
    });
}
