using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Hosting;
using Sandbox.Storage;
using Sandbox.Storage.Retention;

namespace Sandbox.Server.Retention;

/// <summary><c>sandbox-server retention erase PERSON|--due</c>.</summary>
internal static class EraseCommand
{
    private static readonly TimeSpan PlaceWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var person = new Argument<string?>("PERSON") { Description = "Their sign-in name", Arity = ArgumentArity.ZeroOrOne };
        var due = new Option<bool>("--due") { Description = "Everybody whose time is over and who is not held" };
        var reason = new Option<string?>("--reason") { Description = "Why, without a name: it stands in the evidence log and in every bundle, for ever. With --due, that the time is over, unless given" };
        var early = new Option<bool>("--early") { Description = "Before the time is over: the person asks for it (GDPR Art. 17)" };
        var yes = new Option<bool>("--yes") { Description = "Yes, for good. Without it, only what would go is said" };
        return StoreCommand.CreateWithCode("erase", "Erase people's records: what lies beside their entries of the log, their rows and their names. The leaves stay, and an entry says so; exit code 1 when something stood in the way", [person, due, reason, early, yes], async (parse, store, ct) =>
        {
            var (typed, all) = (parse.GetValue(person), parse.GetValue(due));
            if (typed is null == !all) throw new SetupException("Say whose record: PERSON, or --due for everybody whose time is over.");
            if (all && parse.GetValue(early)) throw new SetupException("--early is one person's wish: say whose record.");
            var asked = new AskedErasure(PlainReason.Of(parse.GetValue(reason) ?? (all ? "the time for which records are kept is over" : null)), parse.GetValue(early), By: null);
            IReadOnlyList<KeptPerson> chosen = all ? [.. (await store.Get<KeptPeople>().ListAsync(ct)).Where(x => x.IsDue)] : [await LeavingCommands.OneAsync(typed!, store, ct)];
            return await RunAsync(parse, store, chosen, asked, parse.GetValue(yes), ct);
        });
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandStore store, IReadOnlyList<KeptPerson> chosen, AskedErasure asked, bool yes, CancellationToken ct)
    {
        var (output, erasure) = (parse.InvocationConfiguration.Output, store.Get<Erasure>());
        var open = new List<ErasurePlan>();
        foreach (var one in chosen)
        {
            asked.RequireNameless(one);
            var plan = await erasure.PlanAsync(one.Id, asked.Early, ct);
            if (plan.Refusal is { } refusal) await output.WriteLineAsync($"Not erased: {refusal}");
            else await output.WriteLineAsync(ErasurePlanWords.Of(plan));
            if (plan.Refusal is null) open.Add(plan);
        }
        if (chosen.Count == 0) await output.WriteLineAsync("Nobody's time is over.");
        if (open.Count > 0 && !yes && !await IsTypedAsync(output, open)) throw new SetupException("Nothing was erased. To erase it for good, type the command again with --yes.");
        return await EraseAllAsync(output, store, open, asked, ct) == chosen.Count ? 0 : 1;
    }

    // Each for itself: what came in between for one person stands in nobody else's way, and whatever ends this, what was erased by then is written over.
    private static async Task<int> EraseAllAsync(TextWriter output, CommandStore store, List<ErasurePlan> open, AskedErasure asked, CancellationToken ct)
    {
        var erased = 0;
        try
        {
            foreach (var plan in open)
            {
                if (await EraseAsync(output, store, plan, asked, ct) is not { } done) continue;
                erased++;
                await output.WriteLineAsync($"The record of {plan.Person.Name} is erased, with what lay beside {done.Erased} {(done.Erased == 1 ? "entry" : "entries")} of the log. {await PlaceAsync(store, done.Entry, ct)}");
            }
        }
        finally
        {
            if (erased > 0 && await store.Get<IStoreScrub>().ScrubAsync(CancellationToken.None) is { } left) await output.WriteLineAsync(left);
        }
        return erased;
    }

    // At a terminal the name is typed; a script says --yes.
    private static async Task<bool> IsTypedAsync(TextWriter output, List<ErasurePlan> open)
    {
        if (!ReferenceEquals(output, Console.Out) || Console.IsInputRedirected || Console.IsOutputRedirected) return false;
        var wanted = open.Count == 1 ? open[0].Person.Name : open.Count.ToString(CultureInfo.InvariantCulture);
        await output.WriteAsync($"To erase it for good, type {(open.Count == 1 ? "the name" : "how many people it is")} ({wanted}): ");
        return string.Equals(Console.ReadLine()?.Trim(), wanted, StringComparison.Ordinal);
    }

    // Null: something stands in its way by now, which is said.
    private static async Task<(long Entry, long Erased)?> EraseAsync(TextWriter output, CommandStore store, ErasurePlan plan, AskedErasure asked, CancellationToken ct)
    {
        try
        {
            return await store.Get<Erasure>().RunAsync(plan.Person.Id, asked, ct);
        }
        catch (SetupException refused)
        {
            await output.WriteLineAsync($"Not erased: {plan.Person.Name}. {refused.Message}");
            return null;
        }
    }

    private static async Task<string> PlaceAsync(CommandStore store, long entry, CancellationToken ct)
    {
        var (db, time) = (store.Get<SandboxDb>(), store.Get<TimeProvider>());
        for (var began = time.GetTimestamp(); !store.IsAtRest && time.GetElapsedTime(began) < PlaceWait; await Task.Delay(LookEvery, time, ct))
            if (await db.LogEntries.Where(x => x.Id == entry).Select(x => x.LeafIndex).SingleAsync(ct) is { } place) return $"Entry {place} says so.";
        return "The entry that says so gets its place in the log when the server runs.";
    }
}
