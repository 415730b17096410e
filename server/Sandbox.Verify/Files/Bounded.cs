namespace Sandbox.Verify.Files;

/// <summary>Reads no more of a file than it may have, however much it unpacks to.</summary>
internal static class Bounded
{
    /// <summary>The whole file.</summary>
    /// <param name="files">Where it lies.</param>
    /// <param name="path">Its name.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="InvalidDataException">It is missing, larger, or cannot be unpacked; the message says which.</exception>
    public static async Task<byte[]> ReadAsync(this IBundleFiles files, string path, int most, CancellationToken ct)
    {
        await using var file = await files.OpenAsync(path, ct) ?? throw new InvalidDataException("it is missing");
        var (bytes, length) = (new byte[Math.Min(most, 16 * 1024) + 1], 0);
        for (int read; (read = await file.ReadAsync(bytes.AsMemory(length), ct)) > 0;)
        {
            length += read;
            if (length > most) throw new InvalidDataException($"it has more than the {most} bytes that it may have");
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(2 * length, most + 1));
        }
        return bytes[..length];
    }
}
