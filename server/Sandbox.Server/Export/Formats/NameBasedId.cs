using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Server.Export.Formats;

/// <summary>
/// Name-based UUIDs (RFC 9562 §5.5): the same thing has the same id in each export, so whoever takes in two of them takes in nothing twice. Of version 5
/// and not 8 because OSCAL knows versions 4 and 5 alone.
/// </summary>
internal static class NameBasedId
{
    // RFC 9562 §6.6: the namespace of names that are URLs.
    private static readonly Guid Urls = new("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

    /// <summary>The id of a URL.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "RFC 9562 names SHA-1 for version 5; the id protects nothing.")]
    public static Guid Of(string url)
    {
        var hash = SHA1.HashData([.. Urls.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(url)]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
