using Google.Protobuf.WellKnownTypes;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>What the evidence log says of people: without it a signature would say a role and nobody could check whether it was held.</summary>
internal static class PeopleEntry
{
    /// <summary>Who somebody is from now on.</summary>
    /// <param name="person">The person.</param>
    /// <param name="role">Their role. Null: none.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="by">Who decided it. Null: the command line.</param>
    public static LoggedEntry Of(Person person, string? role, DateTimeOffset now, Guid? by)
    {
        var said = new RoleGiven { PersonId = LogId.Of(person.Id), Name = person.DisplayName, SignInName = person.UserName, Locked = person.IsLockedForGood() };
        if (role is not null) said.Role = role;
        if (by is { } admin) said.SaidBy = LogId.Of(admin);
        return LoggedEntry.New(EntryKind.Role, now, new LogBody { RoleGiven = said }, person: person.Id, subject: person.Id);
    }

    /// <summary>Somebody may choose a password.</summary>
    public static LoggedEntry LinkMade(Guid person, DateTimeOffset now, DateTimeOffset ends, Guid? by)
    {
        var said = new LinkSaid { PersonId = LogId.Of(person), What = "made", ExpiresAt = Timestamp.FromDateTimeOffset(ends) };
        if (by is { } maker) said.SaidBy = LogId.Of(maker);
        return Link(said, person, now);
    }

    /// <summary>Somebody chose one.</summary>
    public static LoggedEntry LinkUsed(Guid person, DateTimeOffset now) => Link(new LinkSaid { PersonId = LogId.Of(person), What = "used" }, person, now);

    private static LoggedEntry Link(LinkSaid said, Guid person, DateTimeOffset now) =>
        LoggedEntry.New(EntryKind.Link, now, new LogBody { LinkSaid = said }, person: person, subject: person);
}
