using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>Lists of generic netlink: struct nlmsghdr, struct genlmsghdr (command, version, two bytes of nothing) and attributes.</summary>
internal static class GenericDump
{
    private const int CommandLength = 4;
    private const int RequestLength = NetlinkSocket.HeaderLength + CommandLength;
    private const ushort RequestOfAll = 0x1 | 0x300;
    private const int MostTries = 3;
    private const int MostDatagrams = 1000;

    // The kernel keeps at most 1000 access points of a scan.
    private const int Most = 4000;

    /// <summary>What one message says. Null: nothing of concern.</summary>
    public delegate T? Meaning<T>(ReadOnlySpan<byte> attributes)
        where T : class;

    /// <summary>Asks for a list, of an interface's things where one is given (the attribute 3 of nl80211, its number).</summary>
    public static byte[] Request(ushort family, byte command, uint? ofInterface = null)
    {
        var request = new byte[RequestLength + (ofInterface is null ? 0 : 8)];
        MemoryMarshal.Write(request, request.Length);
        MemoryMarshal.Write(request.AsSpan(4), family);
        MemoryMarshal.Write(request.AsSpan(6), RequestOfAll);
        (request[16], request[17]) = (command, 1);
        if (ofInterface is not { } number) return request;
        MemoryMarshal.Write(request.AsSpan(RequestLength), (ushort)8);
        MemoryMarshal.Write(request.AsSpan(RequestLength + 2), Nl80211.InterfaceNumber);
        MemoryMarshal.Write(request.AsSpan(RequestLength + 4), number);
        return request;
    }

    /// <summary>Reads a list to its end. It is asked for again, three times at the most, when it changed meanwhile and may have lost something.</summary>
    /// <exception cref="IOException">The kernel refuses, or does not come to an end.</exception>
    public static List<T> Read<T>(IGenericNetlink kernel, byte[] request, byte answer, Meaning<T> meaning)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            var found = new List<T>();
            var interrupted = false;
            var ended = kernel.Ask(request).Take(MostDatagrams).Any(datagram => Take(datagram.Span, answer, meaning, found, ref interrupted));
            if (!ended) throw new IOException("the kernel's answer has no end");
            if (!interrupted || tries == MostTries) return found;
        }
    }

    // True: it was the last.
    private static bool Take<T>(ReadOnlySpan<byte> datagram, byte answer, Meaning<T> meaning, List<T> found, ref bool interrupted)
        where T : class
    {
        var messages = new NetlinkMessages(datagram);
        while (messages.Next())
        {
            interrupted |= (messages.Flags & NetlinkMessages.Interrupted) != 0;
            // A list that fails after it began says so at its end.
            if (messages.Type is NetlinkMessages.Error or NetlinkMessages.Done) return messages.Errno == 0 ? true : throw new KernelRefusal(messages.Errno);
            if (found.Count == Most || messages.Body.Length < CommandLength || messages.Body[0] != answer) continue;
            if (meaning(messages.Body[CommandLength..]) is { } one) found.Add(one);
        }
        return false;
    }
}
