using NSec.Cryptography;

namespace Sandbox.Ledger;

/// <summary>
/// The public half of a witness's key: <c>name+hex8+base64(0x04‖public key)</c> (C2SP tlog-cosignature, type 4: Ed25519 with a time). No key of a
/// log is ever one of a witness.
/// </summary>
/// <param name="Name">The witness's name: a URL-like name without scheme, spaces or <c>+</c>.</param>
/// <param name="Key">The Ed25519 public key.</param>
public sealed record WitnessVerifierKey(string Name, PublicKey Key)
{
    private const byte Type = 4;

    /// <summary>The first 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key), big-endian: which key a signature line speaks of.</summary>
    public uint Id => NoteKey.Id(Name, Type, Key);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static WitnessVerifierKey Parse(string text)
    {
        var (name, key) = NoteKey.Parse(text, Type);
        return new WitnessVerifierKey(name, key);
    }

    /// <summary>This witness's valid cosignature of a checkpoint. Null: there is none below it.</summary>
    public Cosignature? Of(SignedNote note) => note.Signatures
        .Where(line => line.Name == Name && line.KeyId == Id).Select(line => Cosignature.Read(line.Signature))
        .FirstOrDefault(cosignature => cosignature is not null && SignatureAlgorithm.Ed25519.Verify(Key, Cosignature.Message(note.Text, cosignature.Time), cosignature.Signature));

    /// <summary>The text form.</summary>
    public override string ToString() => NoteKey.Write(Name, Type, Key);
}
