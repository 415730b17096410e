using System.Buffers.Binary;
using Google.Protobuf;

namespace Sandbox.Protocol;

/// <summary>One message between the agent and the helper for seeded faults: its length in 4 bytes, big-endian, then the message.</summary>
public static class HelperFrame
{
    private const int Largest = 64 * 1024;

    /// <summary>Reads one.</summary>
    /// <exception cref="IOException">The peer went, or the message is larger than 64 KiB.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no such message.</exception>
    public static async Task<T> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken ct)
        where T : IMessage<T>
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(parser);
        var head = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(head, ct);
        var length = BinaryPrimitives.ReadInt32BigEndian(head);
        if (length is < 0 or > Largest) throw new IOException($"a message of {length} bytes");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, ct);
        return parser.ParseFrom(body);
    }

    /// <summary>Writes one.</summary>
    public static async Task WriteAsync(Stream stream, IMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(message);
        var body = message.ToByteArray();
        var frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        await stream.WriteAsync(frame, ct);
    }
}
