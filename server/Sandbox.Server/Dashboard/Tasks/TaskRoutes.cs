using System.Security.Claims;
using Sandbox.Evidence.Assignments;
using Sandbox.Server.Assignments;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Faults;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Tasks;

/// <summary>Tasks: given and taken back by mentors, followed live by everybody whom they concern.</summary>
internal static class TaskRoutes
{
    private const string NoSuchTask = "There is no such assignment, or it is not yours.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assignments", async (ClaimsPrincipal user, TaskReader reader, CancellationToken ct) =>
        {
            var viewer = Viewer.Of(user);
            return Page.Of<TasksPage>(new { Model = await reader.ListAsync(viewer, ct), Viewer = viewer });
        });
        routes.MapGet("/assignments/{id:guid}", (Guid id, ClaimsPrincipal user, TaskReader reader, CancellationToken ct) => ShowAsync(Viewer.Of(user), id, reader, null, ct));
        routes.MapPost("/assignments/{id:guid}/found", FoundAsync);
        var assign = routes.MapGroup("/assignments").RequireAuthorization(Policies.Assign);
        assign.MapGet("/new", async (string? template, string? person, ClaimsPrincipal user, TaskReader reader, CancellationToken ct) =>
        {
            var model = await reader.NewAsync(template, ct);
            return Page.Of<NewTaskPage>(new { Model = model, Viewer = Viewer.Of(user), Form = TaskForm.At(model.AsOf, person is null ? [] : [person]) });
        });
        assign.MapPost("/new", GiveAsync);
        assign.MapPost("/{id:guid}/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ShowAsync(Viewer viewer, Guid id, TaskReader reader, string? fault, CancellationToken ct) =>
        await reader.OneAsync(viewer, id, ct) is { } view
            ? Page.Of<TaskPage>(new { Model = view, Viewer = viewer, Fault = fault }, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
            : Page.NotFound(NoSuchTask, viewer);

    private static async Task<IResult> GiveAsync(IFormCollection form, ClaimsPrincipal user, AssignmentBook book, TaskReader reader, TimeProvider time, CancellationToken ct)
    {
        var (viewer, typed, chosen) = (Viewer.Of(user), TaskForm.Of(form), form["template"].ToString());
        try
        {
            var template = AssignmentTemplate.Find(chosen) ?? throw new SetupException("Choose what is to be done.");
            var wanted = typed.Read(template, time.GetUtcNow());
            if (!typed.OnceMore && await book.AlreadyAsync(wanted, ct) is { } already)
                return Page.Of<NewTaskPage>(new { Model = await reader.NewAsync(chosen, ct), Viewer = viewer, Form = typed, Fault = already, IsOpenAlready = true }, StatusCodes.Status400BadRequest);
            var given = await book.GiveAsync(viewer, wanted, ct);
            return TypedResults.LocalRedirect(given.Count == 1 ? $"/assignments/{given[0].Id}" : "/assignments");
        }
        catch (SetupException fault)
        {
            return Page.Of<NewTaskPage>(new { Model = await reader.NewAsync(chosen, ct), Viewer = viewer, Form = typed, Fault = fault.Message }, StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> FoundAsync(Guid id, IFormCollection form, ClaimsPrincipal user, GuessBook book, TaskReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        try
        {
            await book.SayAsync(viewer.PersonId, id, form["words"].ToString(), ct);
            return TypedResults.LocalRedirect($"/assignments/{id}");
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, id, reader, fault.Message, ct);
        }
    }

    private static async Task<IResult> WithdrawAsync(Guid id, IFormCollection form, ClaimsPrincipal user, AssignmentBook book, TaskReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(user);
        try
        {
            await book.WithdrawAsync(viewer, id, form["words"].ToString(), ct);
            return TypedResults.LocalRedirect($"/assignments/{id}");
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, id, reader, fault.Message, ct);
        }
    }
}
