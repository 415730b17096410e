using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Reads how far apprentices are.</summary>
internal sealed class CompetencyReader(SandboxDb db, LineBook lines, TimeProvider time)
{
    private static readonly LineColumn[] Columns = [LineColumn.Ojt, LineColumn.Ri];

    private static readonly IReadOnlyList<ScheduleLine> All = [.. Schedule.Current.Functions.SelectMany(function => function.Lines)];

    /// <summary>All apprentices.</summary>
    public async Task<OverviewView> OverviewAsync(CancellationToken ct)
    {
        var people = await Apprentices().ToListAsync(ct);
        var read = await lines.ReadAsync(null, ct);
        var waiting = from person in people
                      from line in All
                      from column in Columns
                      let state = read.State(new LineAddress(person.Id, line.Id, column))
                      where state.WantsReview
                      orderby state.Since, person.Name, line.Id
                      select new WaitingColumn(person.Id, person.Name, line, column, state);
        return new OverviewView([.. waiting], [.. people.Select(person => Progress(person, read))], time.GetUtcNow());
    }

    /// <summary>One apprentice's lines. Null: there is no such apprentice, or this person may not see them.</summary>
    public async Task<PersonLinesView?> PersonAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await OneAsync(viewer, id, ct) is not { } person) return null;
        var read = await lines.ReadAsync(id, ct);
        return new PersonLinesView(Progress(person, read), [.. Schedule.Current.Functions.Select(function => (function, (IReadOnlyList<LineProgress>)[.. function.Lines.Select(line => Line(id, line, read))]))], time.GetUtcNow());
    }

    /// <summary>The apprentice, if this person may see their lines. Null: not.</summary>
    public async Task<NamedApprentice?> OneAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        viewer.SeesEverything || viewer.PersonId == id ? await Apprentices().FirstOrDefaultAsync(person => person.Id == id, ct) : null;

    /// <summary>A line with the states of its columns.</summary>
    public static LineProgress Line(Guid person, ScheduleLine line, LinesOfPeople read) =>
        new(line, read.State(new LineAddress(person, line.Id, LineColumn.Ojt)), read.State(new LineAddress(person, line.Id, LineColumn.Ri)));

    private static ApprenticeProgress Progress(NamedApprentice person, LinesOfPeople read)
    {
        var states = All.Select(line => Line(person.Id, line, read)).ToList();
        return new ApprenticeProgress(person.Id, person.Name, [.. states.Where(line => line.Line.Requirement == Requirement.Core)])
        {
            Waiting = states.Sum(line => (line.Ojt.WantsReview ? 1 : 0) + (line.Ri.WantsReview ? 1 : 0)),
        };
    }

    private IQueryable<NamedApprentice> Apprentices() =>
        from person in db.Users.AsNoTracking()
        join held in db.UserRoles on person.Id equals held.UserId
        join role in db.Roles on held.RoleId equals role.Id
        where role.Name == Roles.Apprentice
        orderby person.DisplayName, person.UserName
        select new NamedApprentice { Id = person.Id, Name = person.DisplayName != "" ? person.DisplayName : person.UserName! };
}

/// <summary>An apprentice.</summary>
internal sealed record NamedApprentice
{
    /// <summary>The person.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name that pages show.</summary>
    public required string Name { get; init; }
}
