using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Retention;

/// <summary><c>sandbox-server people programme|exit|return</c>: in which programme somebody is, and when they left it.</summary>
internal static class LeavingCommands
{
    /// <summary>Makes <c>people programme</c>.</summary>
    public static Command Programme()
    {
        var (person, programme) = (Person(), new Argument<string>("PROGRAMME") { Description = "Its name, as programmes list shows it" });
        return StoreCommand.Create("programme", "Put somebody into another programme", [person, programme], async (parse, store, ct) =>
        {
            var who = await OneAsync(parse.GetRequiredValue(person), store, ct);
            var which = await ProgrammesCommand.OneAsync(parse.GetRequiredValue(programme), store, ct);
            await store.Get<RetentionBook>().AssignAsync(who.Id, which.Id, by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{who.Name} is in {which.Name}.");
        });
    }

    /// <summary>Makes <c>people exit</c>.</summary>
    public static Command Exit()
    {
        var (person, on) = (Person(), new Option<string>("--on") { Description = "The day, such as 2026-11-23", Required = true });
        var programme = new Option<string?>("--programme") { Description = "The programme that they left, if it is another one than the log knows" };
        return StoreCommand.Create("exit", "Say when somebody left their programme: from that day on their record is kept for the programme's years. It locks nobody out; that is decided on their page", [person, on, programme], async (parse, store, ct) =>
        {
            var who = await OneAsync(parse.GetRequiredValue(person), store, ct);
            var which = parse.GetValue(programme) is { } typed ? await ProgrammesCommand.OneAsync(typed, store, ct) : null;
            await store.Get<RetentionBook>().LeaveAsync(who.Id, Day(parse.GetRequiredValue(on)), which?.Id, by: null, ct);
            var kept = await OneAsync(who.Name, store, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{kept.Name} left {kept.Programme} on {Day(kept.LeftOn)}: the record is kept until {Day(kept.KeptUntil)}. Taken back with: sandbox-server people return {kept.Name}");
            if (await WorkAfterAsync(kept, store, ct) is { } last)
                await parse.InvocationConfiguration.Error.WriteLineAsync($"The log has work of theirs up to {Day(last)}, after that day. If the record is erased by it, the auditors' program will say so.");
        });
    }

    // The day of the last entry about their work, where it is later than the day on which they left.
    private static async Task<DateOnly?> WorkAfterAsync(KeptPerson kept, CommandStore store, CancellationToken ct)
    {
        EntryKind[] work = [EntryKind.Evidence, EntryKind.Learning, EntryKind.SignOff, EntryKind.Assignment, EntryKind.Fault];
        var after = new DateTimeOffset(kept.LeftOn!.Value.AddDays(2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var last = await store.Get<SandboxDb>().LogEntries.Where(x => x.PersonId == kept.Id && work.Contains(x.Kind) && x.At >= after).MaxAsync(x => (DateTimeOffset?)x.At, ct);
        return last is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null;
    }

    /// <summary>Makes <c>people return</c>.</summary>
    public static Command Return()
    {
        var person = Person();
        return StoreCommand.Create("return", "Take back that somebody left: they are in their programme again, or never left it", [person], async (parse, store, ct) =>
        {
            var who = await OneAsync(parse.GetRequiredValue(person), store, ct);
            await store.Get<RetentionBook>().ReturnAsync(who.Id, by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{who.Name} is in {who.Programme}; no day is set on which the time of keeping begins.");
        });
    }

    /// <summary>Somebody by the name with which they sign in.</summary>
    /// <exception cref="SetupException">There is nobody, or several are near.</exception>
    public static async Task<KeptPerson> OneAsync(string typed, CommandStore store, CancellationToken ct)
    {
        var one = Pick.One(typed, "person", "sandbox-server people list", await store.Get<Roster>().ListAsync(ct), x => x.Name);
        return await store.Get<KeptPeople>().OneAsync(one.Id, ct) ?? throw new SetupException($"{one.Name} was erased just now.");
    }

    /// <summary>A day as lists show it. Null stays null.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : throw new SetupException($"'{typed}' is no day: give one such as 2026-11-23.");

    private static Argument<string> Person() => new("NAME") { Description = "Their sign-in name" };
}
