namespace Sandbox.Agent.Uplink;

/// <summary>The segment at the spool's end. What it takes is durable when the call returns, or is not there at all.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly FileStream _file;

    private SegmentWriter(Segment segment, FileStream file) => (Segment, _file) = (segment, file);

    public Segment Segment { get; }

    /// <summary>Goes on with a segment that recovery has cut to its whole reports.</summary>
    public static SegmentWriter GoOn(Segment segment) => new(segment, Open(segment.Path, FileMode.Open));

    /// <summary>Begins a segment with its first reports: there is never an empty one, so the newest report is always at hand.</summary>
    /// <exception cref="IOException">The disk is full or failing; no file is left behind.</exception>
    public static SegmentWriter Begin(string folder, byte[] epoch, ulong first, ReadOnlySpan<byte> frames)
    {
        var segment = new Segment(Segment.PathOf(folder, first), first);
        var writer = new SegmentWriter(segment, Open(segment.Path, FileMode.Create));
        try
        {
            writer.Write([.. Segment.Magic, .. epoch, .. frames]);
            DurableFolder.Sync(folder);
            return writer;
        }
        catch (IOException)
        {
            writer.Dispose();
            File.Delete(segment.Path);
            throw;
        }
    }

    /// <summary>Writes and forces to disk; cuts back to what was there when either fails.</summary>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, Segment.Length);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
            Segment.Length += bytes.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file.SafeFileHandle, Segment.Length);
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, FileMode mode) => DurableFile.Create(path, mode, FileShare.ReadWrite | FileShare.Delete);
}
