using Sandbox.Evidence.Crediting;
using Sandbox.Evidence.Lines;

namespace Sandbox.Storage.SignOffs;

/// <summary>A decision about one column of a line of somebody's schedule. Decisions stay; the one with the highest number stands.</summary>
public sealed class SignOff
{
    /// <summary>Random id; its entry in the log carries it as its subject.</summary>
    public Guid Id { get; set; }

    /// <summary>The apprentice.</summary>
    public Guid PersonId { get; set; }

    /// <summary>The line: <c>1.3</c>.</summary>
    public required string Line { get; set; }

    /// <summary>The column.</summary>
    public LineColumn Column { get; set; }

    /// <summary>Its place among the decisions about this column, from 1. Two who decide at once cannot both have it.</summary>
    public int Number { get; set; }

    /// <summary>What was decided.</summary>
    public DecisionKind Kind { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Who decided.</summary>
    public Guid ById { get; set; }

    /// <summary>Their words. Null: none.</summary>
    public string? Words { get; set; }

    /// <summary>The best grade of the evidence at that time. Null: there was none that held.</summary>
    public Grade? Best { get; set; }
}

/// <summary>A piece of evidence that had held, or a record that stood, when a decision was made.</summary>
public sealed class SeenThing
{
    /// <summary>The decision.</summary>
    public Guid SignOffId { get; set; }

    /// <summary>Id of the evidence or of the record.</summary>
    public Guid ThingId { get; set; }

    /// <summary>The evidence's grade at that time. Null: it is a record.</summary>
    public Grade? Grade { get; set; }
}
