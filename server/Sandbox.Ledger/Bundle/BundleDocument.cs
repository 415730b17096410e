namespace Sandbox.Ledger.Bundle;

/// <summary>A file of a bundle for people or programs, <see cref="BundlePath.Entries"/> among them.</summary>
/// <param name="Path">Its name in the bundle.</param>
/// <param name="Open">Opens its bytes from the beginning, the same ones each time.</param>
public sealed record BundleDocument(string Path, Func<Stream> Open)
{
    /// <summary>A document whose bytes are there.</summary>
    public static BundleDocument Of(string path, byte[] bytes) => new(path, () => new MemoryStream(bytes, writable: false));
}
