using System.Buffers.Binary;

namespace Sandbox.Ledger;

/// <summary>One signature of a note, on a line of its own: <c>— NAME BASE64</c>.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyId">Which key of that name: <see cref="VerifierKey.Id"/> or <see cref="WitnessVerifierKey.Id"/>.</param>
/// <param name="Signature">The signature itself.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Signature)
{
    private const string Prefix = "— ";
    private const int IdLength = sizeof(uint);

    /// <summary>Reads a line, without its line feed.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static NoteSignature Parse(string line)
    {
        var parts = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Split(' ') : [];
        var bytes = new byte[line.Length];
        if (parts.Length != 2 || parts[0].Length == 0 || !Convert.TryFromBase64String(parts[1], bytes, out var length) || length <= IdLength)
            throw new FormatException($"'{line}' is no signature line: it reads '{Prefix}NAME BASE64'.");
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[IdLength..length]);
    }

    /// <summary>The line, without its line feed.</summary>
    public override string ToString()
    {
        var bytes = new byte[IdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes, IdLength);
        return $"{Prefix}{Name} {Convert.ToBase64String(bytes)}";
    }
}
