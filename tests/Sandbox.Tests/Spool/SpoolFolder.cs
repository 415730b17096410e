using Sandbox.Agent.Uplink;
using Sandbox.Protocol;

namespace Sandbox.Tests.Spool;

/// <summary>A spool in a folder of its own that can be opened again and again.</summary>
internal sealed class SpoolFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder["spool"];

    public static SpoolLimits SmallSegments { get; } = new(TotalBytes: 1 << 20, SegmentBytes: 200);

    public Agent.Uplink.Spool Open(SpoolLimits? limits = null) => Agent.Uplink.Spool.Open(Path, limits);

    public IReadOnlyList<string> Segments() => [.. Directory.GetFiles(Path, "*.segment").Order()];

    /// <summary>Changes a file's bytes behind the spool's back.</summary>
    public static void Alter(string file, Func<byte[], byte[]> change) => File.WriteAllBytes(file, change(File.ReadAllBytes(file)));

    public static byte[] Report(int n, int size = 40) => new SignedReport
    {
        Report = Google.Protobuf.ByteString.CopyFrom([.. Enumerable.Range(0, size).Select(i => (byte)(n + i))]),
    }.ToByteArrayOf();

    public static string Hex(int n, int size = 40) => Convert.ToHexString(Report(n, size));

    /// <summary>Everything that can be read from a sequence on.</summary>
    public static List<(ulong Sequence, string Report)> Read(Agent.Uplink.Spool spool, ulong from = 1)
    {
        using var reader = new SpoolReader(spool, from);
        List<(ulong, string)> all = [];
        while (reader.TryNext(out var sequence, out var report)) all.Add((sequence, Convert.ToHexString(report.Span)));
        return all;
    }

    public void Dispose() => _folder.Dispose();
}

internal static class ProtobufBytes
{
    public static byte[] ToByteArrayOf(this Google.Protobuf.IMessage message) => Google.Protobuf.MessageExtensions.ToByteArray(message);
}
