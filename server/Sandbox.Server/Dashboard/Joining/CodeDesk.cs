using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Dashboard.Shell;
using Sandbox.Server.Live;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.Joining;

/// <summary>Withdraws codes and puts them back, for those who may see them.</summary>
internal sealed class CodeDesk(CodeQuery query, LiveFeed feed, TimeProvider time)
{
    /// <summary>Changes a code and goes back to its page, which says what it is now; nothing changes when it was too late.</summary>
    public async Task<IResult> ChangeAsync(Viewer viewer, Guid id, Func<Guid, CancellationToken, Task<bool>> change, CancellationToken ct)
    {
        var owner = await query.VisibleTo(viewer).Where(c => c.Id == id).Select(c => (Guid?)c.PersonId).FirstOrDefaultAsync(ct);
        if (owner is null) return Page.NotFound("There is no such join code, or it is not yours.", viewer);
        if (await change(id, ct)) feed.Publish(new LiveEvent(null, LiveChange.Code, time.GetUtcNow()) { Person = owner });
        return TypedResults.LocalRedirect($"/enrol/{id}");
    }
}
