using System.Globalization;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Uplink;

/// <summary>
/// What an epoch that was given up had not delivered: its segments, in a folder of their own within the spool, until what they say is written anew as
/// reports of the present epoch. The newest report of the spool says how far that came, so a crash in between loses nothing and writes nothing twice.
/// </summary>
internal sealed class CarriedReports(string spool)
{
    private const string Prefix = "carried-";

    // So much is written with one flush.
    private const int EnoughBytes = 1024 * 1024;
    private readonly Queue<string> _folders = new(Directory.EnumerateDirectories(spool, Prefix + "*").Order(StringComparer.Ordinal));

    private long _bytes = Directory.EnumerateDirectories(spool, Prefix + "*").Sum(BytesOf);

    /// <summary>Whether there is something to write anew.</summary>
    public bool Any => _folders.Count > 0;

    /// <summary>Bytes of all that is left to write anew. Read from any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Takes segments over from the spool, which gives them up.</summary>
    /// <param name="segments">All of the epoch's.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="acknowledged">Up to here the server has them.</param>
    public void Take(IReadOnlyList<Segment> segments, byte[] epoch, ulong acknowledged)
    {
        if (segments.Count == 0) return;
        var folder = Path.Combine(spool, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Convert.ToHexStringLower(epoch)}-{acknowledged:D20}"));
        DurableFile.CreateFolder(folder);
        foreach (var segment in segments) File.Move(segment.Path, Path.Combine(folder, Path.GetFileName(segment.Path)), overwrite: true);
        DurableFolder.Sync(folder);
        DurableFolder.Sync(spool);
        if (!_folders.Contains(folder)) _folders.Enqueue(folder);
        Interlocked.Exchange(ref _bytes, _folders.Sum(BytesOf));
    }

    /// <summary>Writes what they say into the present epoch, with the times at which it was read, and forgets them.</summary>
    /// <exception cref="IOException">The disk is full or failing; what is left is written at the next call.</exception>
    public void WriteAnew(Spool present, ReportChain chain)
    {
        while (_folders.TryPeek(out var folder))
        {
            var (epoch, acknowledged) = Named(folder);
            var settled = Math.Max(acknowledged, Written(epoch, present));
            foreach (var segment in Segment.In(folder))
            {
                Write(segment, epoch, settled, present, chain);
                File.Delete(segment.Path);
                Interlocked.Exchange(ref _bytes, _folders.Sum(BytesOf));
            }

            Directory.Delete(folder, recursive: true);
            DurableFolder.Sync(spool);
            _folders.Dequeue();
        }
    }

    private static (ByteString Epoch, ulong Acknowledged) Named(string folder)
    {
        var parts = Path.GetFileName(folder)[Prefix.Length..].Split('-');
        return (ByteString.CopyFrom(Convert.FromHexString(parts[0])), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    // Nothing else is written before all of it is.
    private static ulong Written(ByteString epoch, Spool present) => present.LastReport is { } last
        && Report.Parser.ParseFrom(SignedReport.Parser.ParseFrom(last).Report).CarriedFrom is { } from && from.Epoch == epoch ? from.Sequence : 0;

    private static long BytesOf(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);

    private static void Write(Segment segment, ByteString epoch, ulong settled, Spool present, ReportChain chain)
    {
        using var reader = new SegmentReader(segment.Path);
        var (waiting, bytes) = (new List<ReportChain.Content>(), 0);
        for (var size = new FileInfo(segment.Path).Length; reader.Next(size, settled, ulong.MaxValue);)
        {
            var content = Content(Report.Parser.ParseFrom(SignedReport.Parser.ParseFrom(reader.Payload.Span).Report));
            waiting.Add(content with { From = new CarriedFrom { Epoch = epoch, Sequence = reader.Sequence } });
            bytes += reader.Payload.Length;
            if (bytes < EnoughBytes) continue;
            Append(waiting, bytes, present, chain);
            (waiting, bytes) = ([], 0);
        }

        if (waiting.Count > 0) Append(waiting, bytes, present, chain);
    }

    private static void Append(IReadOnlyList<ReportChain.Content> contents, int bytes, Spool present, ReportChain chain)
    {
        present.MakeRoom(bytes);
        present.Append(chain.Build(contents, sign: true));
    }

    // A stretch that was lost is one of the epoch before, whose sequences mean something else now.
    private static ReportChain.Content Content(Report before) => new(
        before.CollectedAt.ToDateTimeOffset(),
        [before.Facts],
        [.. before.Unchanged.Select(kind => (Fact.KindOneofCase)kind)],
        [.. before.Gaps.Select(gap => new Gap { Cause = gap.Cause, From = gap.From, To = gap.To })]);
}
