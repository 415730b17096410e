using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Agent.Acts.Redaction;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>Who sshd let in, from where, with which key, and whom it did not.</summary>
internal static partial class SshdText
{
    private const string Forgeable = "a line of text that says it is sshd's; anybody could have written it with logger";

    /// <summary>The act that a line's text tells of. Null: it tells of none.</summary>
    public static AdminAct? Of(string text, string sourceId, DateTimeOffset at)
    {
        var match = Accepted().Match(text) is { Success: true } accepted ? accepted : Failed().Match(text);
        if (!match.Success || !Shape.IsName(match.Groups["name"].Value) || !IPAddress.TryParse(match.Groups["from"].Value, out var from)) return null;
        var act = NewAct.Of(Source.Sshd, sourceId, at, Action.LogIn, match.Groups["verb"].Value).By(Method.A3, Forgeable);
        act.Actor.OsName = match.Groups["name"].Value;
        act.Actor.RemoteIp = from.ToString();
        if (match.Groups["key"] is { Success: true } key) act.Actor.KeyFingerprint = key.Value;
        act.Program = "sshd";
        act.Result = match.Groups["key"].Success || text[0] == 'A' ? Result.Success : Result.Failure;
        return act;
    }

    [GeneratedRegex(@"^(?<verb>Accepted [a-z/-]{1,40}) for (?<name>\S+) from (?<from>\S+) port \d+ ssh2(: \S+ (ID .{0,200} )?(?<key>SHA256:[A-Za-z0-9+/]{43}))?")]
    private static partial Regex Accepted();

    [GeneratedRegex(@"^(?<verb>Failed [a-z/-]{1,40}) for (invalid user )?(?<name>\S+) from (?<from>\S+) port \d+ ssh2")]
    private static partial Regex Failed();
}
