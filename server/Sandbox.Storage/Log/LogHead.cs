namespace Sandbox.Storage.Log;

/// <summary>How far the evidence log is. One row; its size is the fence that lets one sequencer go on and no second one.</summary>
public sealed class LogHead
{
    /// <summary>Always 1.</summary>
    public int Id { get; set; } = 1;

    /// <summary>The log's origin, which is the key's name, too.</summary>
    public required string Origin { get; set; }

    /// <summary>Leaves that are integrated: committed before anything of that size is signed.</summary>
    public long Size { get; set; }

    /// <summary>Root hash at that size, 32 bytes.</summary>
    public required byte[] Root { get; set; }

    /// <summary>The latest checkpoint, a signed note (C2SP tlog-checkpoint). Null: nothing was published yet.</summary>
    public byte[]? Checkpoint { get; set; }

    /// <summary>Size of that checkpoint.</summary>
    public long CheckpointSize { get; set; }

    /// <summary>When it was signed.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When signing was stopped, because a checkpoint came that this log cannot have grown from. Null: it was not.</summary>
    public DateTimeOffset? HaltedAt { get; set; }

    /// <summary>Why, for people.</summary>
    public string? HaltReason { get; set; }

    /// <summary>The checkpoint that stopped it, a signed note.</summary>
    public byte[]? HaltCheckpoint { get; set; }
}
