using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>What the agent could not see of sudoers(5), of all that it could not see of administrators' rights.</summary>
internal static class OfSudoers
{
    // Who is in which group changes nothing of what the rules say; nsswitch.conf says whether there are others elsewhere.
    private static readonly string[] People = ["/etc/passwd", "/etc/group", "/etc/hostname"];

    /// <summary>What may grant more than is known. Null: every rule was seen.</summary>
    public static Unseen? Grants(AdminRights rights) => rights.Unseen.FirstOrDefault(unseen => !People.Contains(unseen.What));

    /// <summary>A file that may hold settings and could not be read; a line that means nothing is none, since sudo passes it by as well. Null: every file was seen.</summary>
    public static Unseen? Settings(AdminRights rights) => rights.Unseen.FirstOrDefault(unseen => !People.Contains(unseen.What) && !IsOfOthers(unseen.What) && !unseen.Why.StartsWith("line ", StringComparison.Ordinal));

    private static bool IsOfOthers(string path) => path == "/etc/doas.conf" || path.Contains("polkit", StringComparison.Ordinal);
}
