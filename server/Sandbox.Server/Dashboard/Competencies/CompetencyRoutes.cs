using System.Security.Claims;
using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>How far apprentices are with the schedule, and what mentors decide about it.</summary>
internal static class CompetencyRoutes
{
    private const string NoSuchLine = "There is no such line, or it is not yours.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/competencies", OverviewAsync);
        routes.MapPost("/competencies/sign", SigningMany.SignAsync).RequireAuthorization(Policies.SignOff);
        routes.MapGet("/competencies/{id:guid}", async (Guid id, ClaimsPrincipal user, CompetencyReader reader, CancellationToken ct) => await PersonAsync(id, Viewer.Of(user), reader, ct));
        routes.MapGet("/competencies/{id:guid}/{line}", (Guid id, string line, ClaimsPrincipal user, LineReader reader, CancellationToken ct) => ShowAsync(Viewer.Of(user), id, line, reader, ct));
        var one = routes.MapGroup("/competencies/{id:guid}/{line}");
        one.MapPost("/{column}/sign", Decision(DecisionKind.SignedOff)).RequireAuthorization(Policies.SignOff);
        one.MapPost("/{column}/return", Decision(DecisionKind.Returned)).RequireAuthorization(Policies.SignOff);
        one.MapPost("/{column}/revoke", Decision(DecisionKind.Revoked)).RequireAuthorization(Policies.Revoke);
        one.MapPost("/{column}/records", EnterAsync).RequireAuthorization(Policies.KeepRecords);
        one.MapPost("/records/{record:guid}/withdraw", WithdrawAsync).RequireAuthorization(Policies.KeepRecords);
    }

    private static async Task<IResult> OverviewAsync(ClaimsPrincipal user, CompetencyReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        return viewer.SeesEverything ? Page.Of<CompetenciesPage>(new { Model = await reader.OverviewAsync(ct), Viewer = viewer }) : await PersonAsync(viewer.PersonId, viewer, reader, ct);
    }

    private static async Task<IResult> PersonAsync(Guid id, Viewer viewer, CompetencyReader reader, CancellationToken ct) =>
        await reader.PersonAsync(viewer, id, ct) is { } view ? Page.Of<PersonLinesPage>(new { Model = view, Viewer = viewer }) : Page.NotFound("There is no such apprentice, or you may not see their lines.", viewer);

    private static async Task<IResult> ShowAsync(Viewer viewer, Guid id, string line, LineReader reader, CancellationToken ct, LineFault? fault = null) =>
        await reader.ReadAsync(viewer, id, line, ct) is { } view
            ? Page.Of<LinePage>(new { Model = view, Viewer = viewer, Fault = fault }, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
            : Page.NotFound(NoSuchLine, viewer);

    // What is decided and where is in the route; who may is its policy.
    private static Func<Guid, string, string, IFormCollection, HttpContext, Confirmation, SignOffBook, LineReader, CancellationToken, Task<IResult>> Decision(DecisionKind wanted) =>
        async (id, line, column, form, http, confirmation, book, reader, ct) =>
        {
            var viewer = Viewer.Of(http.User);
            if (LineWords.Column(column) is not { } which) return Page.NotFound(NoSuchLine, viewer);
            try
            {
                var confirmed = wanted == DecisionKind.Returned ? null : await confirmation.ByPasswordAsync(viewer, form["password"].ToString(), http.Connection.RemoteIpAddress);
                await book.DecideAsync(viewer, new LineAddress(id, line, which), new NewDecision(wanted, form["words"].ToString(), form["seen"].ToString(), confirmed), ct);
                return TypedResults.LocalRedirect($"/competencies/{id}/{line}#{column}");
            }
            catch (SetupException fault)
            {
                return await ShowAsync(viewer, id, line, reader, ct, new LineFault(fault.Message, which) { Wanted = wanted, Words = form["words"].ToString() });
            }
        };

    private static async Task<IResult> EnterAsync(
        Guid id, string line, string column, IFormCollection form, ClaimsPrincipal user, RecordBook book, LineReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (LineWords.Column(column) is not { } which || !viewer.KeepsRecordsOf(id)) return Page.NotFound(NoSuchLine, viewer);
        var typed = RecordForm.Of(form);
        try
        {
            await book.AddAsync(viewer, await typed.ReadAsync(new LineAddress(id, line, which), form.Files.GetFile("file"), ct), ct);
            return TypedResults.LocalRedirect($"/competencies/{id}/{line}#{column}");
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, id, line, reader, ct, new LineFault(form.Files.GetFile("file") is { Length: > 0 } ? $"{fault.Message} Choose the file again, too." : fault.Message, which) { Typed = typed });
        }
    }

    private static async Task<IResult> WithdrawAsync(Guid id, string line, Guid record, IFormCollection form, ClaimsPrincipal user, RecordBook book, LineReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        if (!viewer.KeepsRecordsOf(id)) return Page.NotFound(NoSuchLine, viewer);
        try
        {
            await book.WithdrawAsync(viewer, new LineAddress(id, line, LineColumn.Ojt), record, ct);
            return TypedResults.LocalRedirect($"/competencies/{id}/{line}");
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, id, line, reader, ct, new LineFault(fault.Message, LineColumn.Ojt));
        }
    }
}

/// <summary>Why something was not done, with what was typed.</summary>
/// <param name="Text">Why, with what to do.</param>
/// <param name="Column">Of which column.</param>
public sealed record LineFault(string Text, LineColumn Column)
{
    /// <summary>What was to be decided. Null: nothing was.</summary>
    public DecisionKind? Wanted { get; init; }

    /// <summary>The words that were typed with it.</summary>
    public string Words { get; init; } = "";

    /// <summary>What was typed of a record. Null: nothing was.</summary>
    public RecordForm? Typed { get; init; }
}
