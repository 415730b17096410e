using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sandbox.Agent.Acts.Following;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Cups;

/// <summary>
/// CUPS' access_log. Each act leaves a line with 401 (who are you?) and one with 200: only the latter, with successful-ok, counts. It names no printer.
/// </summary>
internal static partial class CupsAccess
{
    public const string Path = "var/log/cups/access_log";

    /// <summary>Reads lines into the run.</summary>
    public static ITakesRecords Records(ActRun run) => new LineRecords((line, at) =>
        line.IndexOf(" CUPS-"u8) < 0 || Of(Encoding.UTF8.GetString(line), at.ToString()) is not { } act || run.Take(act));

    /// <summary>The act of a line. Null: it tells of none.</summary>
    public static AdminAct? Of(string line, string sourceId)
    {
        if (Line().Match(line) is not { Success: true } match || Instant(match.Groups["at"].Value) is not { } at) return null;
        Action? action = match.Groups["op"].Value switch
        {
            "CUPS-Add-Modify-Printer" or "CUPS-Add-Modify-Class" or "CUPS-Set-Default" => Action.ChangePrinter,
            "CUPS-Delete-Printer" or "CUPS-Delete-Class" => Action.RemovePrinter,
            _ => null,
        };
        if (action is not { } meant) return null;
        var act = NewAct.Of(Source.Cups, sourceId, at, meant, match.Groups["op"].Value);
        act.Program = "cupsd";
        act.Result = Result.Success;
        return Who(act, match.Groups["user"].Value);
    }

    private static AdminAct Who(AdminAct act, string user)
    {
        if (user is "root" or "-" || !Shape.IsName(user)) return act.By(Method.None, "CUPS saw root, which names no person");
        act.Actor.OsName = user;
        return act.By(Method.A3, "the name that CUPS was told and asked a password for");
    }

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParseExact(text.Length > 2 ? text.Insert(text.Length - 2, ":") : text, "dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    [GeneratedRegex("""^\S+ \S+ (?<user>\S+) \[(?<at>[^\]]{1,40})\] "POST [^"]{1,1000}" 200 \d+ (?<op>CUPS-[A-Za-z-]{1,40}) successful-ok""")]
    private static partial Regex Line();
}
