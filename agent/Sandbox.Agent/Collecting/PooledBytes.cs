using System.Buffers;

namespace Sandbox.Agent.Collecting;

/// <summary>Bytes lent by the pool until disposal.</summary>
internal sealed class PooledBytes(int length) : IDisposable
{
    /// <summary>At least as long as asked for; its content is whatever was in it.</summary>
    public byte[] Array { get; private set; } = ArrayPool<byte>.Shared.Rent(length);

    /// <summary>Goes on with a buffer of twice the length and the same content.</summary>
    public void Double()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Array.Length * 2);
        Array.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(Array);
        Array = larger;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(Array);
        Array = [];
    }
}
