using Sandbox.Evidence.Lines;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.People;
using Sandbox.Server.SignOffs;

namespace Sandbox.Server.Dashboard.Competencies;

/// <summary>Signs several columns of the queue with one password: each is a decision of its own on what its row showed, and what changed meanwhile is left out.</summary>
internal static class SigningMany
{
    /// <summary>Answers the form of the queue.</summary>
    public static async Task<IResult> SignAsync(IFormCollection form, HttpContext http, Confirmation confirmation, SignOffBook book, CompetencyReader reader, CancellationToken ct)
    {
        var viewer = Viewer.Of(http.User);
        try
        {
            var chosen = SignManyForm.Read(form);
            var confirmed = await confirmation.ByPasswordAsync(viewer, form["password"].ToString(), http.Connection.RemoteIpAddress);
            var result = await SignAsync(viewer, chosen, confirmed, book, reader, ct);
            return result.LeftOut.Count == 0 ? TypedResults.LocalRedirect("/competencies") : await ShowAsync(viewer, reader, ct, result: result);
        }
        catch (SetupException fault)
        {
            return await ShowAsync(viewer, reader, ct, fault: fault.Message, ticked: [.. form["column"].OfType<string>()]);
        }
    }

    private static async Task<SignedMany> SignAsync(
        Viewer viewer, IReadOnlyList<(LineAddress At, string Seen)> chosen, Confirmed confirmed, SignOffBook book, CompetencyReader reader, CancellationToken ct)
    {
        var leftOut = new List<(string What, string Why)>();
        foreach (var (at, seen) in chosen)
        {
            try
            {
                await book.DecideAsync(viewer, at, new NewDecision(DecisionKind.SignedOff, "", seen, confirmed), ct);
            }
            catch (SetupException fault)
            {
                var person = await reader.OneAsync(viewer, at.Person, ct);
                leftOut.Add(($"{at.Line} of {person?.Name ?? "a person who is gone"}, {LineWords.Of(at.Column)}", fault.Message));
            }
        }
        return new SignedMany(chosen.Count - leftOut.Count, leftOut);
    }

    private static async Task<IResult> ShowAsync(Viewer viewer, CompetencyReader reader, CancellationToken ct, string? fault = null, SignedMany? result = null, IReadOnlyCollection<string>? ticked = null) =>
        Page.Of<CompetenciesPage>(new { Model = await reader.OverviewAsync(ct), Viewer = viewer, Fault = fault, Result = result, Ticked = ticked ?? [] }, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
