using Sandbox.Evidence.Lines;

namespace Sandbox.Storage.SignOffs;

/// <summary>
/// What an apprentice did, read or was taught, in words: related instruction, the learning log of line 7.4, and work that devices cannot show.
/// It never changes; what was wrong is withdrawn and entered anew.
/// </summary>
public sealed class LearningRecord
{
    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>The apprentice.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The line that it supports.</summary>
    public required string Line { get; set; }

    /// <summary>The column that it supports.</summary>
    public LineColumn Column { get; set; }

    /// <summary>The day on which it was, or ended, where the apprentice is.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Who taught, what was read or attended, or where the work was.</summary>
    public required string Source { get; set; }

    /// <summary>How long it took. Null: not said.</summary>
    public int? Minutes { get; set; }

    /// <summary>What was learnt or done. Null: not said, which only instruction may.</summary>
    public string? Summary { get; set; }

    /// <summary>Name of the certificate's file. Null: there is none.</summary>
    public string? FileName { get; set; }

    /// <summary>Its size in bytes. Null: there is none.</summary>
    public long? FileSize { get; set; }

    /// <summary>SHA-256 of its bytes, which stay with the apprentice. Null: there is none.</summary>
    public byte[]? FileHash { get; set; }

    /// <summary>When it was entered, by the server's clock.</summary>
    public DateTimeOffset EnteredAt { get; set; }

    /// <summary>Who entered it: the apprentice, or a mentor for them.</summary>
    public Guid EnteredBy { get; set; }

    /// <summary>When it was withdrawn. Null: it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Who withdrew it. Null: it stands.</summary>
    public Guid? WithdrawnBy { get; set; }
}
