using System.Text;

namespace Sandbox.Ledger;

/// <summary>A text with signatures below it (C2SP signed-note).</summary>
/// <param name="Text">What is signed, ending with a line feed.</param>
/// <param name="Signatures">One for each line.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Bytes of the largest note that is read; a checkpoint has some hundred.</summary>
    public const int Largest = 64 * 1024;

    private const int MostSignatures = 100;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Signs a text with each of the keys.</summary>
    public static SignedNote Sign(string text, params IEnumerable<LogKey> keys) =>
        new(text, [.. keys.Select(key => new NoteSignature(key.Verifier.Name, key.Verifier.Id, key.Sign(_utf8.GetBytes(text))))]);

    /// <summary>Reads a note; no signature is verified.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong with it.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > Largest) throw new FormatException($"A signed note has {Largest} bytes at most, not {note.Length}.");
        var all = Decode(note);
        var blank = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || !all.EndsWith('\n')) throw new FormatException("A signed note has a blank line before its signatures and ends with a line feed.");
        var lines = all[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures) throw new FormatException($"A signed note has 1 to {MostSignatures} signatures, not {lines.Length}.");
        return new SignedNote(all[..(blank + 1)], [.. lines.Select(NoteSignature.Parse)]);
    }

    /// <summary>Whether this key has signed the text.</summary>
    public bool IsSignedBy(VerifierKey key) =>
        Signatures.Any(line => line.Name == key.Name && line.KeyId == key.Id && key.Verify(_utf8.GetBytes(Text), line.Signature));

    /// <summary>The same text with more signatures below those that it has.</summary>
    public SignedNote With(IEnumerable<NoteSignature> more) => this with { Signatures = [.. Signatures, .. more] };

    /// <summary>The note's bytes.</summary>
    public byte[] ToBytes() => _utf8.GetBytes($"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}");

    private static string Decode(ReadOnlySpan<byte> note)
    {
        try
        {
            return _utf8.GetString(note);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("A signed note is UTF-8; this is not.");
        }
    }
}
