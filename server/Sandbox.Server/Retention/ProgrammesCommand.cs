using System.CommandLine;
using System.Globalization;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary><c>sandbox-server programmes list|add|set</c>.</summary>
internal static class ProgrammesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("programmes", "What apprentices are trained in, and how long each keeps their records") { List(), Add(), Set() };

    /// <summary>The programme that somebody named.</summary>
    /// <exception cref="SetupException">There is none, or several are near.</exception>
    public static async Task<ProgrammeEntry> OneAsync(string typed, CommandStore store, CancellationToken ct) =>
        Pick.One(typed, "programme", "sandbox-server programmes list", await store.Get<ProgrammeBook>().ListAsync(ct), x => x.Name);

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "All programmes", [json], async (parse, store, ct) =>
        {
            var all = await store.Get<ProgrammeBook>().ListAsync(ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, all, ListingJson.Default.IReadOnlyListProgrammeEntry);
            else Listing.Write(output, ["NAME", "YEARS KEPT", "PEOPLE"], all.Select(x => new string?[] { x.Name, Number(x.YearsKept), Number(x.People) }));
        });
    }

    private static Command Add()
    {
        var (name, years) = (new Argument<string>("NAME") { Description = "Its name" }, Years("Years after an apprentice left; 5 unless given"));
        years.DefaultValueFactory = _ => Programme.UsualYears;
        return StoreCommand.Create("add", "Add a programme", [name, years], async (parse, store, ct) =>
        {
            await store.Get<ProgrammeBook>().AddAsync(parse.GetRequiredValue(name), parse.GetValue(years), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{parse.GetRequiredValue(name)} keeps records for {Count(parse.GetValue(years))} after an apprentice left. Put people into it with: sandbox-server people programme NAME \"{parse.GetRequiredValue(name)}\"");
        });
    }

    private static Command Set()
    {
        var (name, years) = (new Argument<string>("NAME") { Description = "Its name" }, Years("Years after an apprentice left"));
        years.Required = true;
        return StoreCommand.Create("set", "Say how long a programme keeps records, also of those who left it long ago", [name, years], async (parse, store, ct) =>
        {
            var one = await OneAsync(parse.GetRequiredValue(name), store, ct);
            var changed = await store.Get<ProgrammeBook>().SetAsync(one.Id, parse.GetValue(years), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(changed
                ? $"{one.Name} keeps records for {Count(parse.GetValue(years))} after an apprentice left, no longer for {Count(one.YearsKept)}. Who is due now: sandbox-server retention list --due"
                : $"{one.Name} keeps records for {Count(one.YearsKept)} already.");
        });
    }

    private static Option<int> Years(string description) => new("--years") { Description = description };

    private static string Count(int years) => years == 1 ? "1 year" : $"{Number(years)} years";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
