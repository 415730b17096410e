using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sandbox.Agent.Uplink;

/// <summary>The two small files beside the segments: which epoch this is, and up to where the server has it. Both end in a CRC32C.</summary>
internal sealed class SpoolBooks(string folder) : IDisposable
{
    private const int EpochLength = 16;
    private const int SumLength = 4;
    private FileStream? _acknowledged;

    /// <summary>Somebody has marked the spool as one that another machine has, too: a new epoch is due.</summary>
    public bool IsCopied => File.Exists(CopiedPath);

    private string CopiedPath => Path.Combine(folder, "copied");

    private string EpochPath => Path.Combine(folder, "epoch");

    private string AcknowledgedPath => Path.Combine(folder, "acknowledged");

    /// <summary>The epoch of the folder; null when none was made yet or the file is damaged.</summary>
    public byte[]? ReadEpoch() => ReadWhole(EpochPath, EpochLength);

    /// <summary>The epoch that the folder had, or a new one, on disk when this returns.</summary>
    public byte[] EnsureEpoch()
    {
        if (ReadEpoch() is { } known) return known;
        var fromSegment = Segment.In(folder).Select(s => s.ReadEpoch()).LastOrDefault(e => e is not null);
        return WriteEpoch(fromSegment ?? RandomNumberGenerator.GetBytes(EpochLength));
    }

    /// <summary>Makes a new epoch; nothing of it is acknowledged.</summary>
    public byte[] NewEpoch()
    {
        WriteAcknowledged(0);
        return WriteEpoch(RandomNumberGenerator.GetBytes(EpochLength));
    }

    /// <summary>Highest sequence that the server has; 0 when not known.</summary>
    public ulong ReadAcknowledged() =>
        ReadWhole(AcknowledgedPath, sizeof(ulong)) is { } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>Remembers it in place, not forced to disk: what is lost in a power cut is asked of the server again.</summary>
    public void WriteAcknowledged(ulong sequence)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, sequence);
        _acknowledged ??= DurableFile.Create(AcknowledgedPath, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(_acknowledged.SafeFileHandle, WithSum(bytes), 0);
    }

    /// <summary>Marks the spool of a folder as copied.</summary>
    public void MarkCopied() => DurableFile.Replace(CopiedPath, []);

    /// <summary>A new epoch has begun: the mark goes.</summary>
    public void Settle() => File.Delete(CopiedPath);

    public void Dispose() => _acknowledged?.Dispose();

    private byte[] WriteEpoch(byte[] epoch)
    {
        DurableFile.Replace(EpochPath, WithSum(epoch));
        return epoch;
    }

    private static byte[]? ReadWhole(string path, int length)
    {
        if (!File.Exists(path)) return null;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[length + SumLength];
        if (RandomAccess.Read(file, bytes, 0) != bytes.Length) return null;
        return Frame.Checksum(bytes.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length)) ? bytes[..length] : null;
    }

    private static byte[] WithSum(byte[] bytes)
    {
        byte[] all = [.. bytes, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(all.AsSpan(bytes.Length), Frame.Checksum(bytes));
        return all;
    }
}
