using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sandbox.Protocol;

/// <summary>A device's id: 16 random bytes, chosen by the server at enrolment, never derived from hardware or names.</summary>
public readonly record struct DeviceId
{
    /// <summary>Bytes of an id on the wire and in hashes.</summary>
    public const int Length = 16;

    private readonly Guid _value;

    private DeviceId(Guid value) => _value = value;

    /// <summary>A new random id.</summary>
    public static DeviceId New() => From(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads an id from exactly 16 bytes.</summary>
    /// <exception cref="ArgumentException">The length is not 16.</exception>
    public static DeviceId From(ReadOnlySpan<byte> bytes) => new(new Guid(bytes, bigEndian: true));

    /// <summary>Reads the 32 hexadecimal digits that <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceId id)
    {
        var ok = Guid.TryParseExact(text, "N", out var value);
        id = new DeviceId(value);
        return ok;
    }

    /// <summary>The 16 bytes, in the order in which they are hashed.</summary>
    public byte[] ToBytes() => _value.ToByteArray(bigEndian: true);

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> destination) => _value.TryWriteBytes(destination, bigEndian: true, out _);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => _value.ToString("N");
}
