using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Hears from the kernel whenever a rule, chain, table or set of nf_tables changes: a socket and a sleeping thread.</summary>
internal sealed class RuleChanges : IDisposable
{
    private const int StackBytes = 128 * 1024;

    // A ruleset of thousands of rules is thousands of messages; they are emptied 100 times a second, not as fast as a core can.
    private const int RestMilliseconds = 10;
    private const int TooMany = 105;
    private readonly SafeFileHandle _socket;
    private readonly SafeFileHandle _bell = Inotify.OpenBell();
    private readonly Action _wake;
    private readonly byte[] _buffer = new byte[8 * 1024];
    private readonly Thread _thread;
    private volatile bool _stopping;

    private RuleChanges(SafeFileHandle socket, Action wake)
    {
        (_socket, _wake) = (socket, wake);
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "firewall changes" };
        _thread.Start();
    }

    /// <summary>Listens in the network namespace of the calling thread. Null: the kernel does not let it.</summary>
    public static RuleChanges? Listen(Action wake)
    {
        try
        {
            return new RuleChanges(NetfilterSocket.OpenForChanges(), wake);
        }
        catch (KernelRefusal)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _stopping = true;
        _ = Inotify.Write(_bell, BitConverter.GetBytes(1UL), sizeof(ulong));
        _thread.Join();
        _socket.Dispose();
        _bell.Dispose();
    }

    private void Run()
    {
        Span<Inotify.Polled> files =
        [
            new() { File = (int)_socket.DangerousGetHandle(), Wanted = Inotify.Readable },
            new() { File = (int)_bell.DangerousGetHandle(), Wanted = Inotify.Readable },
        ];
        while (!_stopping)
        {
            if (Inotify.Poll(files, 2, Timeout.Infinite) <= 0 || _stopping) continue;
            if (Empty()) _wake();
            _ = Inotify.Poll(files[1..], 1, RestMilliseconds);
        }
    }

    // What changed is read afresh anyway, so that messages need no reading; one that was lost counts as well.
    private bool Empty()
    {
        var any = false;
        while (Inotify.Read(_socket, _buffer, _buffer.Length) > 0) any = true;
        return any || Marshal.GetLastPInvokeError() == TooMany;
    }
}
