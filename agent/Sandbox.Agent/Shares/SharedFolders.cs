using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Shares;

/// <summary>Owner, mode and ACLs of folders that are shared.</summary>
internal sealed class SharedFolders(RootFolder root, MountTable? mounts, UnseenNotes unseen)
{
    private const int Most = 200;
    private const int NotThere = 2, NoFolder = 20;
    private readonly SortedDictionary<string, SharedFolder> _folders = new(StringComparer.Ordinal);
    private readonly NumberedNames _accounts = new(root, "etc/passwd");
    private readonly NumberedNames _groups = new(root, "etc/group");

    /// <summary>Notes that a folder is shared. One whose path depends on who comes is left out.</summary>
    public void Add(string path, string sharedAs)
    {
        if (!path.StartsWith('/') || path.Contains('%', StringComparison.Ordinal)) return;
        var plain = path.Length > 1 ? path.TrimEnd('/') : path;
        if (!_folders.TryGetValue(plain, out var folder)) _folders[plain] = folder = new SharedFolder { Path = plain };
        if (!folder.SharedAs.Contains(sharedAs)) folder.SharedAs.Add(sharedAs);
    }

    /// <summary>Sorted by path, each with what can be seen of it.</summary>
    public IEnumerable<SharedFolder> Sorted(CancellationToken ct)
    {
        if (_folders.Count > Most) unseen.Add(Why.Of("/", $"more than {Most} shared folders; the others are left out"));
        foreach (var folder in _folders.Values.Take(Most))
        {
            ct.ThrowIfCancellationRequested();
            // Looking into a folder of another machine would wait for ever where that is away.
            if (mounts?.Holding(folder.Path) is { IsOfAnotherMachine: true }) unseen.Add(Why.Of(folder.Path, "another machine keeps it, so owner and rights are not looked at here"));
            else Look(folder);
            yield return folder;
        }
    }

    private void Look(SharedFolder folder)
    {
        var path = root.Resolve(folder.Path);
        if (FileState.Of(path) is not { } state)
        {
            if (Marshal.GetLastPInvokeError() is NotThere or NoFolder) folder.Present = false;
            else unseen.Add(Why.Of(folder.Path, new UnauthorizedAccessException()));
            return;
        }
        folder.Present = state.Type == FileState.Folder;
        (folder.Owner, folder.Group, folder.Mode) = (_accounts.Of(state.Owner), _groups.Of(state.Group), state.Mode);
        var acls = new PosixAcl(_accounts, _groups);
        foreach (var (attribute, entries) in new[] { (PosixAcl.Access, folder.Acl), (PosixAcl.Default, folder.DefaultAcl) })
        {
            if (acls.Of(path, attribute, out var why) is { } found) entries.AddRange(found);
            else unseen.Add(Why.Of(folder.Path, $"{attribute}: {why}", $"Look at it: getfacl {folder.Path}"));
        }
    }
}
