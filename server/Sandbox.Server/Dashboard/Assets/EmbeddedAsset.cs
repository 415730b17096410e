using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Sandbox.Server.Dashboard.Assets;

/// <summary>
/// A stylesheet, script or picture, carried inside the program and compressed once. The address is plain, with the content's hash behind
/// the question mark: the SDK's fingerprinted addresses are served uncompressed.
/// </summary>
public sealed class EmbeddedAsset
{
    private const string Folder = "wwwroot/";
    private static readonly FrozenDictionary<string, EmbeddedAsset> All = typeof(EmbeddedAsset).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(name => new EmbeddedAsset(name))
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    private EmbeddedAsset(string resource)
    {
        Name = resource[Folder.Length..];
        using var stream = typeof(EmbeddedAsset).Assembly.GetManifestResourceStream(resource)!;
        Plain = new byte[stream.Length];
        stream.ReadExactly(Plain);
        Brotli = Compress(Plain, output => new BrotliStream(output, CompressionLevel.SmallestSize));
        Gzip = Compress(Plain, output => new GZipStream(output, CompressionLevel.SmallestSize));
        Version = Convert.ToHexStringLower(SHA256.HashData(Plain))[..12];
    }

    /// <summary>All of them by file name.</summary>
    internal static IReadOnlyDictionary<string, EmbeddedAsset> ByName => All;

    /// <summary>File name.</summary>
    public string Name { get; }

    /// <summary>First digits of the content's hash.</summary>
    public string Version { get; }

    internal byte[] Plain { get; }

    internal byte[] Brotli { get; }

    internal byte[] Gzip { get; }

    internal string ContentType => Path.GetExtension(Name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };

    /// <summary>The address of an asset in the present build.</summary>
    public static string Url(string name) => $"/{name}?v={All[name].Version}";

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var output = new MemoryStream();
        using (var stream = compressor(output)) stream.Write(plain);
        return output.ToArray();
    }
}
