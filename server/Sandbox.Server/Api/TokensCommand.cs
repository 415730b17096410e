using System.CommandLine;
using Sandbox.Server.Hosting;
using Sandbox.Server.People;
using Sandbox.Storage;

namespace Sandbox.Server.Api;

/// <summary><c>sandbox-server tokens make|list|revoke</c>: with what programs read the evidence log.</summary>
internal static class TokensCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("tokens", "Tokens with which programs of auditors and others read the evidence log, and do nothing else") { Make(), List(), Revoke() };

    private static Command Make()
    {
        var name = new Argument<string>("NAME") { Description = "What it is called in lists, such as the program that will use it" };
        var person = new Option<string>("--person") { Description = "Whose it is, by sign-in name: it shows what they may see, and ends when they are locked out", Required = true };
        var days = new Option<int>("--days") { Description = $"How long it lives: 1 to {Tokens.MostDays}, {Tokens.UsualDays} unless given", DefaultValueFactory = _ => Tokens.UsualDays };
        return StoreCommand.Create("make", "Make a token; prints it once", [name, person, days], async (parse, store, ct) =>
        {
            var whose = Pick.One(parse.GetRequiredValue(person), "person", "sandbox-server people list", await store.Get<Roster>().ListAsync(ct), x => x.Name);
            var text = await Book(store).MakeAsync(whose.Id, parse.GetRequiredValue(name), parse.GetValue(days), by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(text);
            await parse.InvocationConfiguration.Error.WriteLineAsync(
                $"It is shown this once. Try it: curl --cacert {store.Folders.Pki}/ca.crt -H 'Authorization: Bearer TOKEN' '{store.Settings.Page($"{ApiRoutes.Root}/entries?limit=3")}'");
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "All tokens, the newest first", [json], async (parse, store, ct) =>
        {
            var (tokens, output, now) = (await Book(store).ListAsync(of: null, ct), parse.InvocationConfiguration.Output, store.Get<TimeProvider>().GetUtcNow());
            if (parse.GetValue(json)) Listing.WriteJson(output, tokens, ListingJson.Default.IReadOnlyListTokenRow);
            else
            {
                Listing.Write(output, ["ID", "NAME", "PERSON", "STATE", "MADE", "ENDS", "LAST USED"], tokens.Select(x => new[]
                {
                    $"{x.Id:N}"[..8], x.Name, x.Person, x.State(now), Listing.Time(x.CreatedAt), Listing.Time(x.ExpiresAt), Listing.Time(x.UsedAt) ?? "never",
                }));
            }
        });
    }

    private static Command Revoke()
    {
        var token = new Argument<string>("TOKEN") { Description = "Its name or the first digits of its id, as tokens list shows them" };
        return StoreCommand.Create("revoke", "Take a token back at once", [token], async (parse, store, ct) =>
        {
            var (typed, book) = (parse.GetRequiredValue(token), Book(store));
            var all = await book.ListAsync(of: null, ct);
            var open = all.Where(x => x.RevokedAt is null).ToList();
            if (!open.Any(x => Means(x, typed)) && all.FirstOrDefault(x => Means(x, typed)) is { } gone)
            {
                await parse.InvocationConfiguration.Output.WriteLineAsync($"{gone.Name} of {gone.Person} was taken back before: it reads nothing.");
                return;
            }
            var one = Pick.One(typed, "token", "sandbox-server tokens list", open, x => x.Name, x => $"{x.Id:N}");
            await book.RevokeAsync(one.Id, of: null, by: null, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{one.Name} of {one.Person} is taken back: it reads nothing any more.");
        });
    }

    private static bool Means(TokenRow token, string typed) => token.Name == typed || $"{token.Id:N}".StartsWith(typed, StringComparison.OrdinalIgnoreCase);

    private static Tokens Book(CommandStore store) => new(store.Get<SandboxDb>(), store.Get<TimeProvider>());
}
