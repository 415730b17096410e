using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting.Listening;

/// <summary>
/// Notices sockets that begin or end to wait for others. The kernel tells nobody of them, so a thread looks eight times a second, and less often where a look costs so
/// much that it would take more than 0.25 % of a core, or where they change all the time.
/// </summary>
internal sealed class ListenerWatch : IDisposable
{
    private const int StackBytes = 128 * 1024;

    // With the 40 ms that a burst of changes waits for its end, and the run of the collector, a listener is in the spool within 200 ms.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private const int RestPerLook = 400;

    // So that another range of lent ports counts within a minute, and a look that failed is tried again.
    private const long FreshFor = 60_000;

    // A forwarder of DNS opens a socket for each question, and a program may do so on purpose: what changes more often than this in a minute is looked at less often.
    private const int OftenInAMinute = 20;
    private static readonly TimeSpan WhenOften = TimeSpan.FromSeconds(5);
    private readonly SafeFileHandle _bell = Inotify.OpenBell();
    private readonly RootFolder _root;
    private readonly Action _wake;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private SocketLook? _look;
    private ulong _last;

    private ListenerWatch(RootFolder root, Action wake, SocketLook look, ulong first)
    {
        (_root, _wake, _look, _last) = (root, wake, look, first);
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "listeners" };
        _thread.Start();
    }

    /// <summary>Looks until disposed. Null: the kernel does not answer.</summary>
    /// <param name="root">The running system.</param>
    /// <param name="wake">Called from the thread whenever something is different.</param>
    public static ListenerWatch? Listen(RootFolder root, Action wake)
    {
        SocketLook? look = null;
        try
        {
            look = new SocketLook(LentPorts.Of(root));
            return new ListenerWatch(root, wake, look, look.Sum());
        }
        catch (KernelRefusal)
        {
            look?.Dispose();
            return null;
        }
    }

    /// <summary>Why the kernel does not answer. Null: it does.</summary>
    public static KernelRefusal? Refusal(RootFolder root)
    {
        try
        {
            using var look = new SocketLook(LentPorts.Of(root));
            _ = look.Sum();
            return null;
        }
        catch (KernelRefusal refusal)
        {
            return refusal;
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _ = Inotify.Write(_bell, BitConverter.GetBytes(1UL), sizeof(ulong));
        _thread.Join();
        _bell.Dispose();
    }

    private void Run()
    {
        Span<Inotify.Polled> bell = [new() { File = (int)_bell.DangerousGetHandle(), Wanted = Inotify.Readable }];
        var (cost, minute, changes) = (TimeSpan.Zero, Environment.TickCount64, 0);
        var isOften = false;
        while (!_stopping)
        {
            var rest = Math.Clamp((cost * RestPerLook).TotalMilliseconds, (isOften ? WhenOften : Shortest).TotalMilliseconds, Longest.TotalMilliseconds);
            if (Inotify.Poll(bell, 1, (int)rest) > 0) break;
            var before = ThreadTime.Now;
            if (Environment.TickCount64 - minute > FreshFor)
            {
                // While it is looked at every 5 s, twelve changes are the most that there can be.
                isOften = changes > (isOften ? OftenInAMinute / 4 : OftenInAMinute);
                (minute, changes) = (Environment.TickCount64, 0);
                Begin();
            }
            if (Look() && ++changes > OftenInAMinute) isOften = true;
            // One dear look, of a machine that did something else meanwhile, is not taken for the rule.
            var took = ThreadTime.Now - before;
            cost = took < cost * 1.25 || cost == TimeSpan.Zero ? took : cost * 1.25;
        }
        _look?.Dispose();
    }

    // True: something was different.
    private bool Look()
    {
        if (_look is null) return false;
        try
        {
            var sum = _look.Sum();
            if (sum == _last) return false;
            _last = sum;
            _wake();
            return true;
        }
        catch (KernelRefusal)
        {
            _look.Dispose();
            _look = null;
            return false;
        }
    }

    private void Begin()
    {
        _look?.Dispose();
        _look = null;
        try
        {
            _look = new SocketLook(LentPorts.Of(_root));
        }
        catch (KernelRefusal)
        {
            // Too many open files: again in a minute.
        }
    }
}
