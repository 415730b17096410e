using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption;

/// <summary>Encryption of folders that is set up, whether or not anybody has opened it: fscrypt(1), ecryptfs(7). Their keys are never opened.</summary>
internal static class FolderEncryptions
{
    private const int Most = 100;
    private const string Ecryptfs = "/home/.ecryptfs";

    /// <summary>Sorted by path.</summary>
    public static IEnumerable<FolderEncryption> Read(RootFolder root, MountTable? mounts, UnseenNotes unseen) =>
        OfFscrypt(root, mounts).Concat(OfEcryptfs(root, mounts, unseen)).OrderBy(one => one.Path, StringComparer.Ordinal).Take(Most);

    // fscrypt keeps its policies in .fscrypt at the top of each file system that it was set up on.
    private static IEnumerable<FolderEncryption> OfFscrypt(RootFolder root, MountTable? mounts) => (mounts?.All ?? [])
        .Where(mount => mount.Type is "ext4" or "f2fs" or "ubifs" or "ceph" && !mount.IsPassing && root.Has($"{mount.Point}/.fscrypt/policies"))
        .Select(mount => new FolderEncryption { Path = mount.Point, Scheme = Scheme.Fscrypt });

    private static IEnumerable<FolderEncryption> OfEcryptfs(RootFolder root, MountTable? mounts, UnseenNotes unseen)
    {
        if (!root.Has(Ecryptfs)) yield break;
        var people = root.List(Ecryptfs, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in people.Take(Most).Where(name => root.Has($"{Ecryptfs}/{name}/.Private")))
        {
            var folder = new FolderEncryption { Path = $"/home/{name}", Scheme = Scheme.Ecryptfs };
            if (mounts is not null) folder.Open = mounts.Has(folder.Path) || mounts.Has($"{folder.Path}/Private");
            yield return folder;
        }
    }
}
