namespace Sandbox.Server.Live;

/// <summary>The newest checkpoint of the evidence log that may be shown: it is signed, and the store has it.</summary>
internal sealed class NewestCheckpoint
{
    private volatile PublishedCheckpoint? _current;

    /// <summary>The checkpoint. Null: none was published yet.</summary>
    public PublishedCheckpoint? Current => _current;

    /// <summary>Shows another one from now on.</summary>
    public void Show(PublishedCheckpoint checkpoint) => _current = checkpoint;
}

/// <summary>A checkpoint that the store has.</summary>
/// <param name="Size">Leaves of the log.</param>
/// <param name="Note">The signed note.</param>
internal sealed record PublishedCheckpoint(long Size, byte[] Note);
