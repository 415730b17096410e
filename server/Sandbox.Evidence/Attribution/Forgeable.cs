using Sandbox.Protocol;
using static Sandbox.Protocol.AdminAct.Types;

namespace Sandbox.Evidence.Attribution;

/// <summary>Whether somebody else can have written what names a person.</summary>
public static class Forgeable
{
    /// <summary>
    /// A line of sudo's that stands in a text log and nowhere else: logger(1) writes such lines for every account. The journal's word, audit's and sudo's own
    /// JSON log are not among them; a place in a text log is <c>path@inode+offset</c>.
    /// </summary>
    public static bool IsTextAlone(AdminAct act)
    {
        ArgumentNullException.ThrowIfNull(act);
        return act is { Method: Method.A2, Source: Source.SudoText } && IsInText(act.SourceId) && act.Records.All(record => record.Source != Source.Audit && IsInText(record.SourceId));
    }

    /// <summary>Whoever has root's rights, or anybody at all, can have written it.</summary>
    internal static bool Is(AdminAct act) => act.Method is Method.A3 or Method.A4 || IsTextAlone(act);

    private static bool IsInText(string sourceId) => sourceId.Contains('@', StringComparison.Ordinal);
}
