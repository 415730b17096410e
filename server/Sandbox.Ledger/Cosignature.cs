using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Sandbox.Ledger;

/// <summary>
/// What a witness says of a checkpoint (C2SP tlog-cosignature, v1, Ed25519): at this time it knew no larger one of that log, and the log had only grown.
/// </summary>
/// <param name="Time">When it says so, in whole seconds.</param>
/// <param name="Signature">The Ed25519 signature, 64 bytes.</param>
public sealed record Cosignature(DateTimeOffset Time, byte[] Signature)
{
    private const string Header = "cosignature/v1";
    private const int TimeLength = sizeof(ulong);
    private const int SignatureLength = 64;

    /// <summary>The latest second that a <see cref="DateTimeOffset"/> can be.</summary>
    private static readonly ulong _latest = (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>What the signature is made over: two lines, then the checkpoint's text.</summary>
    internal static byte[] Message(string text, DateTimeOffset time) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Header}\ntime {time.ToUnixTimeSeconds()}\n{text}"));

    /// <summary>Reads what stands behind the key's number in a note. Null: it is no cosignature.</summary>
    internal static Cosignature? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == TimeLength + SignatureLength && BinaryPrimitives.ReadUInt64BigEndian(bytes) is var time && time <= _latest
            ? new Cosignature(DateTimeOffset.FromUnixTimeSeconds((long)time), bytes[TimeLength..].ToArray())
            : null;

    /// <summary>The time, 8 bytes big-endian, and the signature.</summary>
    internal byte[] ToBytes()
    {
        var bytes = new byte[TimeLength + SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Time.ToUnixTimeSeconds());
        Signature.CopyTo(bytes, TimeLength);
        return bytes;
    }
}
