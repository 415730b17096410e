using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Devices;
using Sandbox.Server.Live;
using Sandbox.Server.People;
using Sandbox.Storage.People;

namespace Sandbox.Server.Dashboard.Events;

/// <summary>Who may hear what, asked anew while a stream is open: rights end in the middle of it.</summary>
internal sealed class LiveAudience(IServiceScopeFactory scopes)
{
    /// <summary>Whether a person may see a device.</summary>
    public async Task<bool> MaySeeAsync(Viewer viewer, DeviceId device, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeviceQuery>().VisibleTo(viewer).AnyAsync(d => d.Id == device, ct);
    }

    /// <summary>Whether an event is for a page.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="topic">What the page is about.</param>
    /// <param name="ct">Ends the wait.</param>
    public async ValueTask<bool> ConcernsAsync(LiveEvent happened, Viewer viewer, LiveTopic topic, CancellationToken ct)
    {
        if (happened.Missed) return true;
        if (topic.Device is not null) return happened.Device == topic.Device || (topic.About == LiveTopic.Part.Log && happened.Change == LiveChange.Log)
            || (topic.About == LiveTopic.Part.Lines && happened.Change == LiveChange.Line && (viewer.SeesEverything || happened.Person == viewer.PersonId));
        if (!topic.Shows(happened.Change)) return false;
        if (viewer.SeesEverything || happened.Person == viewer.PersonId) return true;
        // A refused code is of nobody as yet, and whoever waits for a machine wants to know.
        if (topic.About == LiveTopic.Part.Enrol && happened is { Change: LiveChange.Refusal, Device: null }) return true;
        return happened.Device is { } one && await MaySeeAsync(viewer, one, ct);
    }

    /// <summary>Whether the session's password, role and person are still what they were when it began.</summary>
    public async Task<bool> IsStillWelcomeAsync(ClaimsPrincipal user, Viewer viewer)
    {
        await using var scope = scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<SignInManager<Person>>();
        if (await sessions.ValidateSecurityStampAsync(user) is not { } person) return false;
        return viewer.Role.Length == 0 || await sessions.UserManager.IsInRoleAsync(person, viewer.Role);
    }
}
