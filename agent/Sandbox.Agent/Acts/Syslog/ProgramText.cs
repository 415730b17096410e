using System.Text;
using Sandbox.Agent.Acts.Sudo;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Syslog;

/// <summary>What programs write to the system's log, whatever way it takes: a file's line or the journal.</summary>
internal static class ProgramText
{
    private const string Cee = "@cee:";

    /// <summary>The act. Null: the text tells of none.</summary>
    /// <param name="program">The tag in front of the text.</param>
    /// <param name="text">What it wrote.</param>
    /// <param name="sourceId">Where that stands.</param>
    /// <param name="at">When.</param>
    public static AdminAct? Of(string program, string text, string sourceId, DateTimeOffset at) => program switch
    {
        "sudo" when text.StartsWith(Cee, StringComparison.Ordinal) => SudoEvent(text[Cee.Length..], sourceId),
        "sudo" => SudoText.Of(text, sourceId, at),
        "sshd" or "sshd-session" => SshdText.Of(text, sourceId, at),
        "NetworkManager" => NetworkManagerText.Of(text, sourceId, at),
        _ when ShadowText.IsOf(program) => ShadowText.Of(program, text, sourceId, at),
        _ => null,
    };

    // @cee:{"sudo":{"accept":{...}}}: as text, so nobody but the sender vouches for it.
    private static AdminAct? SudoEvent(string json, string sourceId)
    {
        foreach (var kind in (ReadOnlySpan<string>)["accept", "reject"])
        {
            var start = json.IndexOf($"\"{kind}\":", StringComparison.Ordinal);
            if (start < 0 || json.IndexOf('{', start) is not (> 0 and var brace)) continue;
            if (SudoJson.Of(kind, Encoding.UTF8.GetBytes(json[brace..]), sourceId) is not { } act) return null;
            (act.Source, act.SourceId) = (AdminAct.Types.Source.SudoText, sourceId);
            (act.Records[0].Source, act.Records[0].SourceId) = (act.Source, sourceId);
            return act;
        }
        return null;
    }
}
