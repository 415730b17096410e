using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Which folders and files to watch, so that a path that need not exist, that is replaced by rename or that is a link wakes its lane: every
/// folder on the way is watched for the next step's name, and what lies at the end for itself. Made anew whenever a step changes: the kernel
/// gives the same number for the same file, so nothing is watched twice and nothing is missed between.
/// </summary>
internal sealed class WatchPlan(SafeFileHandle inotify, RootFolder root)
{
    private const int MostLinks = 40;
    private readonly Dictionary<int, Watched> _watched = [];

    /// <summary>What keeps the path followed last from being watched wholly; null: nothing.</summary>
    public string? Trouble { get; private set; }

    /// <summary>By the kernel's number.</summary>
    public IReadOnlyDictionary<int, Watched> Watched => _watched;

    /// <summary>Watches the path for the lane, as far as it exists. True: any change of it is seen.</summary>
    public bool Follow(string path, ulong lane)
    {
        Trouble = null;
        var ahead = Steps(path, new Stack<string>());
        var at = root.Path;
        for (var links = 0; ahead.TryPop(out var step);)
        {
            if (step == "..")
            {
                if (at != root.Path) at = Path.GetDirectoryName(at)!;
                continue;
            }
            if (Watch(at) is not { } folder) return Trouble is null;
            folder.Named(Encoding.UTF8.GetBytes(step), lane);
            var next = Path.Combine(at, step);
            if (RootFolder.LinkTarget(next) is { } target)
            {
                if (++links > MostLinks) return true;
                if (target[0] == '/') at = root.Path;
                Steps(target, ahead);
                continue;
            }
            at = next;
        }
        Watch(at)?.Any(lane);
        return Trouble is null;
    }

    /// <summary>Lets go of what an older plan watched and this one does not.</summary>
    public void Replace(WatchPlan older)
    {
        foreach (var number in older._watched.Keys)
            if (!_watched.ContainsKey(number)) _ = Inotify.Remove(inotify, number);
    }

    private Watched? Watch(string path)
    {
        var number = Inotify.Add(inotify, path, Inotify.Changes);
        if (number >= 0)
        {
            ref var watched = ref CollectionsMarshal.GetValueRefOrAddDefault(_watched, number, out _);
            return watched ??= new Watched();
        }
        Trouble = Marshal.GetLastPInvokeError() switch
        {
            Inotify.NoSpace => "the system's limit of file watches is reached, so changes are noticed by polling; "
                + "raise it: sudo sysctl fs.inotify.max_user_watches=524288",
            Inotify.NotPermitted => $"{path} may not be watched (permission denied), so changes there are noticed by polling",
            _ => null,
        };
        return null;
    }

    private static Stack<string> Steps(string path, Stack<string> ahead)
    {
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = steps.Length - 1; i >= 0; i--)
            if (steps[i] != ".") ahead.Push(steps[i]);
        return ahead;
    }
}
