namespace Sandbox.Ledger;

/// <summary>A hash as a line of a proof: base64.</summary>
internal static class HashLine
{
    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static byte[] Parse(string line)
    {
        var hash = new byte[line.Length];
        return Convert.TryFromBase64String(line, hash, out var length) && length == MerkleHash.Length
            ? hash[..length]
            : throw new FormatException($"'{line}' is no hash: {MerkleHash.Length} bytes in base64.");
    }
}
