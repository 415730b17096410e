using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>Files of proc(5) that tell poll(2) of their changes and inotify(7) nothing: what is mounted, swap, and md's arrays.</summary>
internal sealed class PolledFiles : IDisposable
{
    private const string Arrays = "proc/mdstat";
    private static readonly string[] Known = [.. MountTable.Watches, "proc/swaps", Arrays];
    private readonly List<(string Path, SafeFileHandle File, ulong Lanes)> _open = [];
    private readonly List<(string Path, ulong Lanes)> _absent = [];
    private readonly RootFolder _root;
    private readonly byte[] _buffer = new byte[4096];

    /// <param name="root">Of another system than the running one there is nothing to poll.</param>
    /// <param name="paths">What each lane watches.</param>
    /// <param name="known">Those of the paths that tell poll(2). Null: those of the running system.</param>
    public PolledFiles(RootFolder root, IReadOnlyList<IReadOnlyList<string>> paths, IReadOnlyList<string>? known = null)
    {
        _root = root;
        if (!root.IsThisSystem) return;
        foreach (var path in known ?? Known)
        {
            var lanes = 0UL;
            for (var lane = 0; lane < paths.Count; lane++)
                if (paths[lane].Contains(path)) lanes |= 1UL << lane;
            if (lanes != 0) _absent.Add((path, lanes));
        }
        _ = Appeared();
    }

    /// <summary>Some of them are not there yet, as md's before its module is loaded; nothing tells when they come.</summary>
    public bool LacksAny => _absent.Count > 0;

    /// <summary>Looks for those that were not there: whom it concerns that one has come, and <see cref="Requests"/> are others then. 0: none has.</summary>
    public ulong Appeared()
    {
        var lanes = 0UL;
        for (var i = _absent.Count - 1; i >= 0; i--)
        {
            var (path, concerned) = _absent[i];
            if (Open(_root.Resolve(path)) is not { } file) continue;
            _open.Add((path, file, concerned));
            _absent.RemoveAt(i);
            lanes |= concerned;
        }
        return lanes;
    }

    /// <summary>What to ask poll(2).</summary>
    public IEnumerable<Inotify.Polled> Requests => _open.Select(one => new Inotify.Polled { File = (int)one.File.DangerousGetHandle(), Wanted = Inotify.Urgent });

    /// <summary>Whether the path wakes its lanes from here.</summary>
    public bool Has(string path) => _open.Exists(one => one.Path == path);

    /// <summary>Whom poll's answer to <see cref="Requests"/> concerns.</summary>
    public ulong Lanes(ReadOnlySpan<Inotify.Polled> answers)
    {
        var lanes = 0UL;
        for (var i = 0; i < answers.Length; i++)
        {
            if ((answers[i].Seen & Inotify.Urgent) == 0) continue;
            lanes |= _open[i].Lanes;
            if (_open[i].Path == Arrays) Heard(_open[i].File);
        }
        return lanes;
    }

    public void Dispose()
    {
        foreach (var (_, file, _) in _open) file.Dispose();
    }

    // md takes a change for told when its file is read; without its module the file is gone.
    private void Heard(SafeFileHandle arrays)
    {
        try
        {
            _ = RandomAccess.Read(arrays, _buffer, 0);
        }
        catch (IOException)
        {
        }
    }

    // One that is not there, or that this user may not read, is looked for again.
    private static SafeFileHandle? Open(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return RegularFile.Open(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
