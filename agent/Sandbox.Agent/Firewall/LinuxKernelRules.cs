using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall.Nftables;
using Sandbox.Agent.Firewall.Xtables;

namespace Sandbox.Agent.Firewall;

/// <summary>The running kernel, in the network namespace of this process.</summary>
internal sealed class LinuxKernelRules : IKernelRules
{
    // The kernel fills at most 32 KiB of a dump into one datagram.
    private const int LargestDatagram = 64 * 1024;
    private const int PatienceMilliseconds = 2000;
    private const int TimedOut = 110;
    private const int SignalCame = 4;
    private const int IPv4Level = 0;
    private const int IPv6Level = 41;
    private const int GetInfo = 64;
    private const int GetEntries = 65;
    private const int MostLegacyBytes = 16 << 20;
    private readonly byte[] _buffer = new byte[LargestDatagram];
    private SafeFileHandle? _socket;

    public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
    {
        // One dump that was not read to its end would run into the next answer.
        _socket?.Dispose();
        _socket = NetfilterSocket.Open();
        if (Inotify.Write(_socket, request, request.Length) < 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
        while (true)
            yield return _buffer.AsMemory(0, Receive(_socket));
    }

    public byte[] LegacyTable(bool ipv6, string name)
    {
        using var socket = NetfilterSocket.OpenForOptions(ipv6);
        var level = ipv6 ? IPv6Level : IPv4Level;
        var info = new byte[XtTable.InfoLength];
        Encoding.ASCII.GetBytes(name, info);
        NetfilterSocket.Option(socket, level, GetInfo, info);
        var size = XtTable.Size(info);
        if (size > MostLegacyBytes) throw new IOException($"larger than {MostLegacyBytes >> 20} MiB");
        // struct ipt_get_entries: name, size, entries.
        var entries = new byte[40 + size];
        Encoding.ASCII.GetBytes(name, entries);
        MemoryMarshal.Write(entries.AsSpan(32), size);
        NetfilterSocket.Option(socket, level, GetEntries, entries);
        return [.. info, .. entries.AsSpan(40)];
    }

    public void Dispose() => _socket?.Dispose();

    private int Receive(SafeFileHandle socket)
    {
        Span<Inotify.Polled> files = [new() { File = (int)socket.DangerousGetHandle(), Wanted = Inotify.Readable }];
        int ready;
        do ready = Inotify.Poll(files, 1, PatienceMilliseconds);
        while (ready < 0 && Marshal.GetLastPInvokeError() == SignalCame);
        if (ready == 0) throw new KernelRefusal(TimedOut);
        var got = Inotify.Read(socket, _buffer, _buffer.Length);
        return got < 0 ? throw new KernelRefusal(Marshal.GetLastPInvokeError()) : (int)got;
    }
}
