using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>Whether the kernel makes audit records, asked of it and told to it over netlink (linux/audit.h). Needs CAP_AUDIT_CONTROL; only doctor does it.</summary>
internal static class AuditSwitch
{
    private const int Error = 2;
    private const int Get = 1000;
    private const int Set = 1001;
    private const int RequestAndAcknowledge = 1 | 4;
    private const int Patience = 100;
    private const int MostLooks = 20;

    // struct audit_status: mask, enabled (0 off, 1 on, 2 on and locked until the next boot), and others.
    private const int StatusLength = 40;

    /// <summary>Whether it makes them.</summary>
    /// <exception cref="KernelRefusal">One may not ask, or this kernel has no audit.</exception>
    public static bool IsOn()
    {
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Audit);
        Send(socket, Get, []);
        return BinaryPrimitives.ReadUInt32LittleEndian(Answer(socket, Get).AsSpan(4)) != 0;
    }

    /// <summary>Lets it make them until the next boot, or switches that off again.</summary>
    /// <exception cref="KernelRefusal">One may not, or it is locked.</exception>
    public static void Turn(bool on)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        status.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(status, 1);
        BinaryPrimitives.WriteUInt32LittleEndian(status[4..], on ? 1u : 0);
        using var socket = NetlinkSocket.Open(NetlinkProtocol.Audit);
        Send(socket, Set, status);
        Answer(socket, Error);
    }

    private static void Send(SafeFileHandle socket, ushort type, ReadOnlySpan<byte> payload)
    {
        var message = new byte[NetlinkSocket.HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), RequestAndAcknowledge);
        payload.CopyTo(message.AsSpan(NetlinkSocket.HeaderLength));
        if (Inotify.Write(socket, message, message.Length) < 0) throw new KernelRefusal(System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
    }

    // The kernel acknowledges at once and answers from a thread of its own.
    private static byte[] Answer(SafeFileHandle socket, int type)
    {
        const int timedOut = 110;
        Span<Inotify.Polled> files = [new() { File = (int)socket.DangerousGetHandle(), Wanted = Inotify.Readable }];
        var buffer = new byte[1024];
        for (var looks = 0; looks < MostLooks; looks++)
        {
            if (Inotify.Poll(files, 1, Patience) <= 0) continue;
            var got = NetlinkSocket.Receive(socket, buffer, out var isKernel);
            if (!isKernel || got < NetlinkSocket.HeaderLength + 4) continue;
            var payload = buffer.AsSpan(NetlinkSocket.HeaderLength, got - NetlinkSocket.HeaderLength);
            var said = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(4));
            if (said == Error && BinaryPrimitives.ReadInt32LittleEndian(payload) is not 0 and var error) throw new KernelRefusal(-error);
            if (said == type && (type == Error || payload.Length >= 8)) return payload.ToArray();
        }
        throw new KernelRefusal(timedOut);
    }
}
