using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Shell;

/// <summary>A component rendered once, as a whole page.</summary>
internal static class Page
{
    /// <summary>The page, with values for its parameters.</summary>
    public static IResult Of<T>(object? parameters = null, int status = StatusCodes.Status200OK)
        where T : IComponent =>
        new RazorComponentResult<T>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>Nothing is there, or it is not for this person: one answer for both, so that ids cannot be tried out.</summary>
    public static IResult NotFound(string what, Viewer viewer) => Of<MessagePage>(
        new { Title = "Not found", Text = what, Status = StatusCodes.Status404NotFound, Viewer = viewer }, StatusCodes.Status404NotFound);
}
