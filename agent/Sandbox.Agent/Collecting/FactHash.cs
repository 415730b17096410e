using System.Buffers;
using System.Security.Cryptography;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>
/// SHA-256 of a fact's bytes, written through one small buffer: 32 bytes stand for what was reported, not the message itself (a list of
/// 3,000 packages takes 600 KB).
/// </summary>
internal sealed class FactHash : IBufferWriter<byte>, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[4096];

    /// <summary>The same for equal facts.</summary>
    public byte[] Of(Fact fact)
    {
        fact.WriteTo(this);
        return _hash.GetHashAndReset();
    }

    public void Advance(int count) => _hash.AppendData(_buffer, 0, count);

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    public void Dispose() => _hash.Dispose();

    private byte[] Room(int least)
    {
        if (_buffer.Length < least) _buffer = new byte[least];
        return _buffer;
    }
}
