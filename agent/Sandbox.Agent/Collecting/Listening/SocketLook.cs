using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sandbox.Agent.Collecting.Listening;

/// <summary>
/// Looks which sockets of the running system wait for others, by four questions to the kernel (sock_diag(7)). It makes no garbage, needs no privilege, and connections cost
/// nothing: the kernel keeps those that listen apart. Of the network namespace of the thread that makes it.
/// </summary>
internal sealed class SocketLook : IDisposable
{
    private const byte Version4 = 2, Version6 = 10;
    private const int MostDatagrams = 10_000;
    private static readonly (byte Family, byte Protocol)[] Questions =
        [(Version4, SocketDiagRequest.Tcp), (Version6, SocketDiagRequest.Tcp), (Version4, SocketDiagRequest.Udp), (Version6, SocketDiagRequest.Udp)];

    private readonly SafeFileHandle _socket = NetlinkSocket.Open(NetlinkProtocol.SocketDiagnosis);
    private readonly byte[] _buffer = new byte[32 * 1024];
    private readonly LentPorts _lent;
    private readonly byte[][] _requests;

    /// <param name="lent">Ports on which UDP sockets do not count.</param>
    /// <exception cref="KernelRefusal">The kernel knows no such questions.</exception>
    public SocketLook(LentPorts lent)
    {
        _lent = lent;
        _requests = [.. Questions.Select(question => SocketDiagRequest.Of(question.Family, question.Protocol, lent))];
    }

    /// <summary>A number that changes with what waits for others.</summary>
    /// <exception cref="KernelRefusal">The kernel did not answer all; do not ask this one again, since the rest of an answer may still come.</exception>
    public ulong Sum()
    {
        var sum = new SocketSum();
        for (var i = 0; i < Questions.Length; i++)
        {
            if (Inotify.Write(_socket, _requests[i], _requests[i].Length) < 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
            Answer(ref sum, Questions[i].Protocol);
            var refusal = sum.Fault == 0 ? null : new KernelRefusal(sum.Fault);
            // A kernel without version 6 has no such sockets either.
            if (refusal is not null && !(refusal.MeansGone && Questions[i].Family == Version6)) throw refusal;
        }
        return sum.Value;
    }

    public void Dispose() => _socket.Dispose();

    // The kernel makes each part of an answer when the one before is taken, so there is never a wait.
    private void Answer(ref SocketSum sum, byte protocol)
    {
        for (var datagrams = 0; datagrams < MostDatagrams; datagrams++)
        {
            var got = NetlinkSocket.Receive(_socket, _buffer, out var isKernel);
            if (got <= 0) throw new KernelRefusal(Marshal.GetLastPInvokeError());
            if (isKernel && sum.Add(_buffer.AsSpan(0, got), protocol, _lent)) return;
        }
    }
}
