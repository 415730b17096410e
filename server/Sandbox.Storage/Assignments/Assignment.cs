using Sandbox.Evidence.Assignments;
using Sandbox.Protocol;

namespace Sandbox.Storage.Assignments;

/// <summary>A task that a mentor gave to an apprentice.</summary>
public sealed class Assignment
{
    /// <summary>Random id; entries in the log carry it as their subject.</summary>
    public Guid Id { get; set; }

    /// <summary>The apprentice.</summary>
    public Guid PersonId { get; set; }

    /// <summary><see cref="AssignmentTemplate.Id"/>: steps and hints come from there.</summary>
    public required string Template { get; set; }

    /// <inheritdoc cref="AssignmentTask.Line"/>
    public required string Line { get; set; }

    /// <summary><see cref="AssignmentTemplate.Title"/> as it was then.</summary>
    public required string Title { get; set; }

    /// <summary>The device on which it is to be done. Null: on any.</summary>
    public DeviceId? DeviceId { get; set; }

    /// <inheritdoc cref="AssignmentTask.Target"/>
    public string? Target { get; set; }

    /// <summary><see cref="AssignmentTask.Rules"/>, with spaces between.</summary>
    public required string Rules { get; set; }

    /// <inheritdoc cref="AssignmentTask.ByRecord"/>
    public bool ByRecord { get; set; }

    /// <inheritdoc cref="AssignmentTask.From"/>
    public DateTimeOffset From { get; set; }

    /// <inheritdoc cref="AssignmentTask.Until"/>
    public DateTimeOffset Until { get; set; }

    /// <summary>What the mentor adds. Null: nothing.</summary>
    public string? Words { get; set; }

    /// <summary>Who gave it.</summary>
    public Guid GivenBy { get; set; }

    /// <summary>When, by the server's clock.</summary>
    public DateTimeOffset GivenAt { get; set; }

    /// <inheritdoc cref="AssignmentTask.CompletedAt"/>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <inheritdoc cref="AssignmentTask.WithdrawnAt"/>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Who took it back. Null: it stands, or its device went out of service.</summary>
    public Guid? WithdrawnBy { get; set; }

    /// <summary>Why it was taken back. Null: it stands, or no reason was given.</summary>
    public string? WithdrawnWords { get; set; }

    /// <summary>As far as it decides whether it is done. What was asked for afterwards was not asked for.</summary>
    public AssignmentTask Task() => new(Line, From > GivenAt ? From : GivenAt, Until)
    {
        Target = Target, Acts = AssignmentTemplate.Find(Template)?.Acts ?? [], Rules = Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries), ByRecord = ByRecord, CompletedAt = CompletedAt, WithdrawnAt = WithdrawnAt,
    };
}
