using System.IO.Compression;
using System.Text;
using Sandbox.Ledger;
using Sandbox.Verify;
using Sandbox.Verify.Files;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Tests.Verify;

/// <summary>A bundle whose files can be tampered with.</summary>
internal sealed class MadeBundle
{
    /// <summary>Each file's bytes.</summary>
    public SortedDictionary<string, byte[]> Files { get; private init; } = new(StringComparer.Ordinal);

    public static MadeBundle Of(byte[] zip)
    {
        var bundle = new MadeBundle();
        using var archive = new ZipArchive(new MemoryStream(zip));
        foreach (var entry in archive.Entries)
        {
            using var bytes = new MemoryStream();
            using var from = entry.Open();
            from.CopyTo(bytes);
            bundle.Files[entry.FullName] = bytes.ToArray();
        }
        return bundle;
    }

    public string Text(string path) => Encoding.UTF8.GetString(Files[path]);

    public void Write(string path, string text) => Files[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>The lines of a file without their line feeds.</summary>
    public List<string> Lines(string path) => [.. Text(path).Split('\n')[..^1]];

    public void Write(string path, IEnumerable<string> lines) => Write(path, string.Concat(lines.Select(line => line + "\n")));

    public byte[] ToZip(CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in Files)
            {
                using var into = archive.CreateEntry(path, level).Open();
                into.Write(bytes);
            }
        }
        return zip.ToArray();
    }

    public Task<Report> VerifyAsync(VerifySettings settings, KnownLogs? known = null) => VerifyAsync(ToZip(), settings, known);

    /// <summary>Verifies it by the key from paper.</summary>
    public Task<Report> VerifyAsync(LogKey key) => VerifyAsync(new VerifySettings { Key = key.Verifier });

    public static Task<Report> VerifyAsync(byte[] zip, VerifySettings settings, KnownLogs? known = null) =>
        new Verification("bundle.zip", () => new ZipFiles(new MemoryStream(zip)), settings, known ?? Nothing).RunAsync(new NoBar(), shown: null, TestContext.Current.CancellationToken);

    private static KnownLogs Nothing => new("/nowhere");

    private sealed class NoBar : IProgress<(long Done, long Size)>
    {
        public void Report((long Done, long Size) value)
        {
            // Nobody looks.
        }
    }
}
