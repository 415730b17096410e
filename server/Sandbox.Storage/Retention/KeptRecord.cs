namespace Sandbox.Storage.Retention;

/// <summary>What was said of how long a person's record is to be kept. No row: they are in the first programme, have not left it, and nothing holds the record.</summary>
public sealed class KeptRecord
{
    /// <summary>Whose.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The programme that they are or were in.</summary>
    public Guid ProgrammeId { get; set; } = Programme.FirstId;

    /// <summary>The day on which they left it. Null: they did not.</summary>
    public DateOnly? LeftOn { get; set; }

    /// <summary>Why nothing of it may be erased (legal hold). Null: there is no hold.</summary>
    public string? HeldFor { get; set; }

    /// <summary>Since when it is held, by the server's clock. Null: there is no hold.</summary>
    public DateTimeOffset? HeldAt { get; set; }
}
