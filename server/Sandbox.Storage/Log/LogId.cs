using Google.Protobuf;

namespace Sandbox.Storage.Log;

/// <summary>Ids of people, evidence and decisions as entries of the log have them: 16 bytes, as they are written.</summary>
public static class LogId
{
    /// <summary>The bytes of an id.</summary>
    public static ByteString Of(Guid id) => ByteString.CopyFrom(id.ToByteArray(bigEndian: true));

    /// <summary>The id of bytes. Null: these are none.</summary>
    public static Guid? From(ByteString bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length == 16 ? new Guid(bytes.Span, bigEndian: true) : null;
    }
}
