using System.Globalization;
using System.Security.Claims;
using Sandbox.Server.Live;
using Sandbox.Server.Retention;

namespace Sandbox.Server.Dashboard.Everybody;

/// <summary>What admins say of how long a person's record is kept.</summary>
internal static class RetentionRoutes
{
    public static void Map(RouteGroupBuilder decide)
    {
        decide.MapPost("/{id:guid}/exit", Decision((form, book, id, by, ct) => book.LeaveAsync(id, Day(form["on"].ToString()), programme: null, by, ct)));
        decide.MapPost("/{id:guid}/return", Decision((_, book, id, by, ct) => book.ReturnAsync(id, by, ct)));
        decide.MapPost("/{id:guid}/programme", Decision((form, book, id, by, ct) =>
            book.AssignAsync(id, Guid.TryParse(form["programme"].ToString(), out var programme) ? programme : throw new SetupException("Choose a programme."), by, ct)));
        decide.MapPost("/{id:guid}/hold", Decision((form, book, id, by, ct) => book.HoldAsync(id, form["reason"].ToString(), by, ct)));
        decide.MapPost("/{id:guid}/release", Decision((form, book, id, by, ct) => book.ReleaseAsync(id, form["reason"].ToString(), by, ct)));
    }

    private static Func<Guid, IFormCollection, ClaimsPrincipal, RetentionBook, PeopleReader, LiveFeed, TimeProvider, CancellationToken, Task<IResult>> Decision(
        Func<IFormCollection, RetentionBook, Guid, Guid, CancellationToken, Task> decide) =>
        (id, form, user, book, people, feed, time, ct) => PeopleRoutes.DecideAsync(id, user, people, async by =>
        {
            await decide(form, book, id, by, ct);
            feed.Publish(new LiveEvent(null, LiveChange.People, time.GetUtcNow()) { Person = id });
        }, ct);

    private static DateOnly Day(string typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new SetupException("Give the day on which they left.");
}
