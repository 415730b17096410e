using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting;

/// <summary>Hears what comes by itself: a socket and a sleeping thread.</summary>
internal abstract class SocketEar : IDisposable
{
    private const int StackBytes = 128 * 1024;

    // Who is told without end is woken, and may end, all the same.
    private const int MostAtOnce = 256;
    private const int NoBuffers = 105;
    private const int TooManyFiles = 24;
    private readonly SafeFileHandle _socket;
    private readonly SafeFileHandle _bell = Inotify.OpenBell();
    private readonly byte[] _buffer;
    private readonly int _rest;
    private readonly Action _wake;
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <param name="socket">It is the ear's from now on.</param>
    /// <param name="name">Of the thread.</param>
    /// <param name="largest">Bytes of a datagram; what is longer is cut off.</param>
    /// <param name="restMilliseconds">How long nothing is read after something was: what comes in thousands is not emptied as fast as a core can.</param>
    /// <param name="wake">Called from the thread whenever something of concern came.</param>
    /// <exception cref="KernelRefusal">There are too many open files.</exception>
    protected SocketEar(SafeFileHandle socket, string name, int largest, int restMilliseconds, Action wake)
    {
        (_socket, _buffer, _rest, _wake) = (socket, new byte[largest], restMilliseconds, wake);
        if (_bell.IsInvalid)
        {
            socket.Dispose();
            throw new KernelRefusal(TooManyFiles);
        }
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = name };
    }

    public void Dispose()
    {
        _stopping = true;
        _ = Inotify.Write(_bell, BitConverter.GetBytes(1UL), sizeof(ulong));
        _thread.Join();
        _socket.Dispose();
        _bell.Dispose();
    }

    /// <summary>Begins to hear; called once, when the ear is ready.</summary>
    protected void Start() => _thread.Start();

    /// <summary>Takes the next datagram from the socket, without waiting; negative: there is none, and the error says why.</summary>
    /// <param name="socket">It does not block.</param>
    /// <param name="buffer">What does not fit is cut off.</param>
    /// <param name="counts">Whether it comes from whom it should.</param>
    protected abstract int Receive(SafeFileHandle socket, Span<byte> buffer, out bool counts);

    /// <summary>Takes a datagram that counts. False: it is of no concern.</summary>
    protected abstract bool Take(ReadOnlySpan<byte> datagram);

    /// <summary>More came than the socket holds.</summary>
    protected abstract void Missed();

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
            _ = Inotify.Poll(files[1..], 1, _rest);
        }
    }

    private bool Empty()
    {
        var any = false;
        for (var round = 0; round < MostAtOnce && !_stopping; round++)
        {
            var got = Receive(_socket, _buffer, out var counts);
            if (got > 0)
            {
                any |= counts && Take(_buffer.AsSpan(0, got));
            }
            else if (got < 0 && Marshal.GetLastPInvokeError() == NoBuffers)
            {
                any = true;
                Missed();
            }
            else
            {
                break;
            }
        }
        return any;
    }
}
