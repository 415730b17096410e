using System.Globalization;
using System.Text.RegularExpressions;
using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>
/// NetworkManager's audit lines: <c>audit: op="connection-activate" uuid="..." name="lab" pid=812 uid=1000 result="success"</c>. uid is that of the
/// caller, whom polkit let do it.
/// </summary>
internal static partial class NetworkManagerText
{
    /// <summary>The act that a line's text tells of. Null: it tells of none.</summary>
    public static AdminAct? Of(string text, string sourceId, DateTimeOffset at)
    {
        var start = text.IndexOf("audit: op=\"", StringComparison.Ordinal);
        if (start < 0) return null;
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match field in Field().Matches(text[start..])) said.TryAdd(field.Groups["name"].Value, field.Groups["value"].Value.Trim('"'));
        if (!said.TryGetValue("op", out var verb)) return null;
        var act = NewAct.Of(Source.NetworkManager, sourceId, at, Action.ChangeConnection, verb)
            .By(Method.A3, "a line of text that says it is NetworkManager's; anybody could have written it with logger")
            .To("connection", said.GetValueOrDefault("name"), said.GetValueOrDefault("uuid"));
        if (uint.TryParse(said.GetValueOrDefault("uid"), NumberStyles.None, CultureInfo.InvariantCulture, out var uid)) act.Actor.OsUid = uid;
        act.Program = "NetworkManager";
        act.Result = said.GetValueOrDefault("result") == "success" ? Result.Success : Result.Failure;
        return act;
    }

    [GeneratedRegex("""(?<name>[a-z-]{1,20})=(?<value>"[^"]{0,200}"|\S{1,60})""")]
    private static partial Regex Field();
}
