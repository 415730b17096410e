using System.CommandLine;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Retention;

/// <summary><c>sandbox-server retention list|hold|release|erase</c>.</summary>
internal static class RetentionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("retention", "How long people's records are kept, what holds them, and their erasure") { List(), Hold(), Release(), EraseCommand.Create() };

    private static Command List()
    {
        var (due, json) = (new Option<bool>("--due") { Description = "Only those whose time is over" }, new Option<bool>("--json") { Description = "As JSON" });
        return StoreCommand.Create("list", "Every apprentice, and everybody who left or is held", [due, json], async (parse, store, ct) =>
        {
            var all = await store.Get<KeptPeople>().ListAsync(ct);
            IReadOnlyList<KeptPerson> listed = parse.GetValue(due) ? [.. all.Where(x => x.IsDue)] : all;
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, listed, ListingJson.Default.IReadOnlyListKeptPerson);
            else Listing.Write(output, ["NAME", "PROGRAMME", "LEFT ON", "KEPT UNTIL", "STATE"], listed.Select(Row));
        });
    }

    private static string?[] Row(KeptPerson x) => [x.Name, x.Programme, LeavingCommands.Day(x.LeftOn), LeavingCommands.Day(x.KeptUntil), State(x)];

    private static string State(KeptPerson person) => person switch
    {
        { HeldFor: { } reason, IsDue: true } => $"due, but held: {reason}",
        { HeldFor: { } reason } => $"held: {reason}",
        { IsDue: true } => "due",
        { LeftOn: null } => "in the programme",
        _ => "kept",
    };

    private static Command Hold()
    {
        var (person, reason) = (Person(), Reason("Why, for those who ask later"));
        return StoreCommand.Create("hold", "Legal hold: nothing of this person's is erased until it is released", [person, reason], async (parse, store, ct) =>
        {
            var who = await LeavingCommands.OneAsync(parse.GetRequiredValue(person), store, ct);
            await store.Get<RetentionBook>().HoldAsync(who.Id, parse.GetRequiredValue(reason), by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"The record of {who.Name} is held. Released with: sandbox-server retention release {who.Name} --reason TEXT");
        });
    }

    private static Command Release()
    {
        var (person, reason) = (Person(), Reason("Why it is no longer needed"));
        return StoreCommand.Create("release", "End a legal hold; the programme's years count as before", [person, reason], async (parse, store, ct) =>
        {
            var who = await LeavingCommands.OneAsync(parse.GetRequiredValue(person), store, ct);
            await store.Get<RetentionBook>().ReleaseAsync(who.Id, parse.GetRequiredValue(reason), by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"The record of {who.Name} is not held any more{(who.KeptUntil is null ? "" : $"; it is kept until {LeavingCommands.Day(who.KeptUntil)}")}.");
        });
    }

    private static Argument<string> Person() => new("PERSON") { Description = "Their sign-in name" };

    private static Option<string> Reason(string description) => new("--reason") { Description = description, Required = true };
}
