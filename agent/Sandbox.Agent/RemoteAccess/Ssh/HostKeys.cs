using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>The public halves of the host keys that sshd uses. The private halves are never opened.</summary>
internal static class HostKeys
{
    private const int Most = 20;

    /// <summary>Sorted by path.</summary>
    /// <param name="root">The folder that stands for <c>/</c>.</param>
    /// <param name="paths">HostKey as it is in force, separated by spaces.</param>
    /// <param name="unseen">Takes what cannot be read.</param>
    public static IEnumerable<SshKey> Read(RootFolder root, string paths, UnseenNotes unseen)
    {
        foreach (var name in paths.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal).Take(Most))
        {
            var path = name.EndsWith(".pub", StringComparison.Ordinal) ? name : $"{name}.pub";
            if (!root.Has(path)) continue;
            if (!root.TryRead(path, out var text, out var fault)) unseen.Add(fault);
            else if (PublicKey.Parse(RootFolder.FirstLine(text)) is { } key)
            {
                (key.Path, key.Line) = (path, 1);
                yield return key;
            }
            else unseen.Add(Why.Of(path, "line 1 is no public key"));
        }
    }
}
