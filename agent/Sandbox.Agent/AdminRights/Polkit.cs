using System.Text.RegularExpressions;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.AdminRights;

/// <summary>
/// polkit(8): files that name administrators. Rules are JavaScript that only polkitd can run, so what is taken out of them are the names that
/// stand in their text.
/// </summary>
internal static partial class Polkit
{
    private const int MostFiles = 100;
    private const int MostIdentities = 50;

    /// <summary>Rules of today's polkit, and the .conf files that came before them.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        "/etc/polkit-1/localauthority.conf.d", "/etc/polkit-1/rules.d", "/usr/share/polkit-1/rules.d",
    ];

    /// <summary>Files that say anything of administrators, sorted by path.</summary>
    public static IEnumerable<PolkitFile> Read(RootFolder root, UnseenNotes unseen)
    {
        foreach (var path in Folders.Where(root.Has).SelectMany(folder => Files(root, folder, unseen)).Take(MostFiles))
        {
            if (!root.TryRead(path, out var text, out var fault)) unseen.Add(fault);
            else if (text.Contains("addAdminRule", StringComparison.Ordinal) || text.Contains("AdminIdentities", StringComparison.Ordinal))
            {
                var file = new PolkitFile { Path = path };
                file.Identities.AddRange(Identity().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal).Take(MostIdentities));
                yield return file;
            }
        }
    }

    private static IEnumerable<string> Files(RootFolder root, string folder, UnseenNotes unseen)
    {
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => name.EndsWith(".rules", StringComparison.Ordinal) || name.EndsWith(".conf", StringComparison.Ordinal))
            .Select(name => $"{folder}/{name}");
    }

    [GeneratedRegex("unix-(user|group|netgroup):[A-Za-z0-9_.$-]{1,64}")]
    private static partial Regex Identity();
}
