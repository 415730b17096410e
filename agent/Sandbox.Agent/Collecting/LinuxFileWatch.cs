using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// Tells lanes that their files changed: one inotify instance, the few files that tell poll(2) alone, and one sleeping thread for all of them. See
/// inotify(7).
/// </summary>
internal sealed class LinuxFileWatch : IDisposable
{
    private const string NoInstance = "the system allows no further inotify instance, so changes are noticed by polling; "
        + "raise it and start the agent again: sudo sysctl fs.inotify.max_user_instances=1024";

    private const int HeaderLength = 16;
    private const int StackBytes = 256 * 1024;

    // In a storm of changes the queue is emptied 500 times a second, not as fast as a core can.
    private const int RestMilliseconds = 2;

    // How often files are looked for that tell poll(2) and are not there: one open(2).
    private const int LookMilliseconds = 1000;
    private readonly SafeFileHandle _inotify;
    private readonly SafeFileHandle _bell;
    private readonly RootFolder _root;
    private readonly IReadOnlyList<IReadOnlyList<string>> _paths;
    private readonly PolledFiles _polled;
    private readonly Action<ulong> _touched;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Thread? _thread;
    private WatchPlan _plan;
    private volatile bool _stopping;
    private volatile bool _replan;
    private bool _overflowed;

    /// <param name="root">Below which the paths lie.</param>
    /// <param name="paths">What each lane watches.</param>
    /// <param name="touched">Gets one bit per lane; called on the watching thread.</param>
    /// <param name="watching">Gets lane, number of paths that are watched, and what keeps others from it (null: nothing).</param>
    public LinuxFileWatch(
        RootFolder root, IReadOnlyList<IReadOnlyList<string>> paths, Action<ulong> touched, Action<int, int, string?> watching)
    {
        (_root, _paths, _touched, Watching) = (root, paths, touched, watching);
        (_inotify, _bell, _polled) = (Inotify.Open(), Inotify.OpenBell(), new PolledFiles(root, paths));
        _plan = new WatchPlan(_inotify, root);
        if (_inotify.IsInvalid || _bell.IsInvalid)
        {
            for (var lane = 0; lane < paths.Count; lane++)
                if (paths[lane].Count > 0) watching(lane, 0, NoInstance);
            return;
        }
        Plan();
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "file watch" };
        _thread.Start();
    }

    private Action<int, int, string?> Watching { get; }

    /// <summary>Tries again what could not be watched.</summary>
    public void Replan()
    {
        _replan = true;
        Ring();
    }

    public void Dispose()
    {
        _stopping = true;
        Ring();
        _thread?.Join();
        _inotify.Dispose();
        _bell.Dispose();
        _polled.Dispose();
    }

    private void Ring()
    {
        if (_thread is not null) _ = Inotify.Write(_bell, BitConverter.GetBytes(1UL), sizeof(ulong));
    }

    private void Plan()
    {
        _replan = false;
        var plan = new WatchPlan(_inotify, _root);
        for (var lane = 0; lane < _paths.Count; lane++)
        {
            var (watched, trouble) = (0, _overflowed ? "more changed at once than the kernel keeps, so everything was read again" : null);
            foreach (var path in _paths[lane])
            {
                if (_polled.Has(path) || plan.Follow(path, 1UL << lane)) watched++;
                else trouble ??= plan.Trouble;
            }
            Watching(lane, watched, trouble);
        }
        plan.Replace(_plan);
        (_plan, _overflowed) = (plan, false);
    }

    private void Run()
    {
        var files = Files();
        var looked = Environment.TickCount64;
        Span<byte> rung = stackalloc byte[sizeof(ulong)];
        while (!_stopping)
        {
            var answered = Inotify.Poll(files, (nuint)files.Length, _polled.LacksAny ? LookMilliseconds : Timeout.Infinite) > 0;
            _ = Inotify.Read(_bell, rung, rung.Length);
            var touched = Read() | (answered ? _polled.Lanes(files.AsSpan(2)) : 0);
            if (_polled.LacksAny && Environment.TickCount64 - looked >= LookMilliseconds)
            {
                looked = Environment.TickCount64;
                if (_polled.Appeared() is not 0 and var lanes) (files, touched, _replan) = (Files(), touched | lanes, true);
            }
            if (_replan) Plan();
            if (touched != 0) _touched(touched);
            if (!_stopping) _ = Inotify.Poll(files.AsSpan(1), 1, RestMilliseconds);
        }
    }

    private Inotify.Polled[] Files() =>
    [
        new() { File = (int)_inotify.DangerousGetHandle(), Wanted = Inotify.Readable },
        new() { File = (int)_bell.DangerousGetHandle(), Wanted = Inotify.Readable },
        .. _polled.Requests,
    ];

    private ulong Read()
    {
        var touched = 0UL;
        while (Inotify.Read(_inotify, _buffer, _buffer.Length) is > 0 and var length)
        {
            for (var events = _buffer.AsSpan(0, (int)length); events.Length >= HeaderLength;)
            {
                var number = MemoryMarshal.Read<int>(events);
                var mask = MemoryMarshal.Read<uint>(events[4..]);
                var nameLength = MemoryMarshal.Read<int>(events[12..]);
                var name = events.Slice(HeaderLength, nameLength);
                touched |= Concerned(number, mask, name.TrimEnd((byte)0));
                events = events[(HeaderLength + nameLength)..];
            }
        }
        return touched;
    }

    private ulong Concerned(int number, uint mask, ReadOnlySpan<byte> name)
    {
        if ((mask & Inotify.Overflow) != 0)
        {
            // The kernel dropped events: everything may have changed.
            (_replan, _overflowed) = (true, true);
            return _paths.Count == 64 ? ulong.MaxValue : (1UL << _paths.Count) - 1;
        }
        if (!_plan.Watched.TryGetValue(number, out var watched)) return 0;
        var lanes = watched.Lanes(name, out var path);
        if (path && (mask & Inotify.Structure) != 0) _replan = true;
        return lanes;
    }
}
