using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Accounts;

/// <summary>Who may read and change the files of accounts.</summary>
internal static class AccountFileRights
{
    // Sorted.
    private static readonly string[] Paths = ["/etc/group", "/etc/group-", "/etc/gshadow", "/etc/gshadow-", "/etc/passwd", "/etc/passwd-", "/etc/shadow", "/etc/shadow-"];

    /// <summary>Those that are there, sorted by path.</summary>
    public static IEnumerable<FileRights> Read(RootFolder root, UnseenNotes unseen)
    {
        foreach (var path in Paths)
        {
            if (!root.Has(path)) continue;
            if (FileState.Of(root.Resolve(path)) is { } state) yield return new FileRights { Path = path, Mode = state.Mode, Uid = state.Owner, Gid = state.Group };
            else unseen.Add(Why.Of(path, "its owner and mode cannot be told"));
        }
    }
}
