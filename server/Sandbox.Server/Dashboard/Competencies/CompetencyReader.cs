using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Catalogue;
using Sandbox.Evidence.Lines;
using Sandbox.Server.People;
using Sandbox.Server.Retention;
using Sandbox.Server.SignOffs;
using Sandbox.Storage;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Reads how far apprentices are.</summary>
internal sealed class CompetencyReader(SandboxDb db, LineBook lines, KeptPeople kept, TimeProvider time)
{
    private static readonly LineColumn[] Columns = [LineColumn.Ojt, LineColumn.Ri];

    private static readonly IReadOnlyList<ScheduleLine> All = [.. Schedule.Current.Functions.SelectMany(function => function.Lines)];

    /// <summary>All apprentices.</summary>
    public async Task<OverviewView> OverviewAsync(CancellationToken ct)
    {
        // Who was locked out has left; their page is found by its address, and from their person's page.
        var people = await People(everybody: false).ToListAsync(ct);
        var read = await lines.ReadAsync(null, ct);
        var states = people.ConvertAll(person => (person, Lines: All.Select(line => Line(person.Id, line, read)).ToList()));
        var waiting = from one in states
                      from line in one.Lines
                      from column in Columns
                      let state = line.State(column)
                      let at = new LineAddress(one.person.Id, line.Line.Id, column)
                      where state.WantsReview
                      orderby state.IsShaken descending, state.Since, one.person.Name, line.Line.Id
                      select new WaitingColumn(one.person.Id, one.person.Name, line.Line, column, state, read.Basis(at));
        return new OverviewView([.. waiting], states.ConvertAll(one => Progress(one.person, one.Lines)), time.GetUtcNow());
    }

    /// <summary>One apprentice's lines. Null: there is no such apprentice, or this person may not see them.</summary>
    public async Task<PersonLinesView?> PersonAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        if (await OneAsync(viewer, id, ct) is not { } person) return null;
        var read = await lines.ReadAsync(id, ct);
        var states = All.Select(line => Line(id, line, read)).ToList();
        return new PersonLinesView(Progress(person, states), [.. Schedule.Current.Functions.Select(function => (function, (IReadOnlyList<LineProgress>)[.. states.Where(line => function.Lines.Contains(line.Line))]))], time.GetUtcNow()) { Kept = await kept.OneAsync(id, ct) };
    }

    /// <summary>The apprentice, if this person may see their lines. Null: not.</summary>
    public async Task<NamedPerson?> OneAsync(Viewer viewer, Guid id, CancellationToken ct) =>
        viewer.SeesEverything || viewer.PersonId == id ? await People(everybody: true).FirstOrDefaultAsync(person => person.Id == id, ct) : null;

    /// <summary>A line with the states of its columns.</summary>
    public static LineProgress Line(Guid person, ScheduleLine line, LinesOfPeople read) =>
        new(line, read.State(new LineAddress(person, line.Id, LineColumn.Ojt)), read.State(new LineAddress(person, line.Id, LineColumn.Ri)));

    private static ApprenticeProgress Progress(NamedPerson person, List<LineProgress> states)
    {
        var columns = states.SelectMany(line => new[] { line.Ojt, line.Ri }).ToList();
        return new ApprenticeProgress(person.Id, person.Name, [.. states.Where(line => line.Line.Requirement == Requirement.Core)])
        {
            Waiting = columns.Count(state => state.WantsReview),
            Back = columns.Count(state => state.Standing is LineStanding.Returned or LineStanding.Revoked),
        };
    }

    // With everybody those as well who were apprentices and have decisions or records, or are locked.
    private IQueryable<NamedPerson> People(bool everybody) => everybody
        ? db.Names.Where(person => db.Apprentices.Any(one => one.Id == person.Id) || db.SignOffs.Any(d => d.PersonId == person.Id) || db.LearningRecords.Any(r => r.PersonId == person.Id))
        : db.Apprentices.Where(person => db.Users.Any(one => one.Id == person.Id && (one.LockoutEnd == null || one.LockoutEnd < Locks.Forever))).OrderBy(person => person.Name).ThenBy(person => person.Id);
}
