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

/// <summary>A piece of evidence that was signed for.</summary>
public sealed class CitedEvidence
{
    /// <summary>The signature.</summary>
    public Guid SignOffId { get; set; }

    /// <summary>The evidence.</summary>
    public Guid EvidenceId { get; set; }

    /// <summary>Its grade at that time.</summary>
    public Grade Grade { get; set; }
}
