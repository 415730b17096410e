using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Devices;
using Sandbox.Server.Hosting;
using Sandbox.Storage;

namespace Sandbox.Server.Enrolment;

/// <summary><c>sandbox-server codes new|list|revoke</c>.</summary>
internal static class CodesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("codes", "Join codes, each for one machine of one person") { New(), List(), Revoke() };

    private static Command New()
    {
        var person = new Argument<string>("PERSON") { Description = "Sign-in name of the machine's owner" };
        var expires = new Option<string?>("--expires") { Description = "How long it may be used: 30m, 1h (usual), 7d" };
        var quiet = new Option<bool>("--quiet") { Description = "Print the code alone" };
        return StoreCommand.Create("new", "Make a join code", [person, expires, quiet], async (parse, store, ct) =>
        {
            var life = parse.GetValue(expires) is { } text ? Duration.Parse(text) : NewCode.UsualLife;
            var people = await store.Get<SandboxDb>().Users.AsNoTracking().ToListAsync(ct);
            var owner = Pick.One(parse.GetRequiredValue(person), "person", "sandbox-server people list", people, x => x.UserName!);
            var code = await NewCode.TextAsync(store, owner.Id, life, replaces: null, ct);
            await NewCode.PrintAsync(parse.InvocationConfiguration.Output, code, $"A machine of {owner.DisplayName}", life, parse.GetValue(quiet));
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "All join codes, without their secrets", [json], async (parse, store, ct) =>
        {
            var codes = await CodeEntry.ListAsync(store.Get<SandboxDb>(), TimeProvider.System.GetUtcNow(), ct);
            var output = parse.InvocationConfiguration.Output;
            if (parse.GetValue(json)) Listing.WriteJson(output, codes, ListingJson.Default.IReadOnlyListCodeEntry);
            else Listing.Write(output, ["ID", "PERSON", "STATE", "MADE", "ENDS", "DEVICE"], codes.Select(Row));
        });
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("ID") { Description = "First digits of the code's id, as codes list shows it" };
        return StoreCommand.Create("revoke", "Withdraw a join code; a machine that used it stays", [id], async (parse, store, ct) =>
        {
            var codes = await CodeEntry.ListAsync(store.Get<SandboxDb>(), TimeProvider.System.GetUtcNow(), ct);
            var code = Pick.One(parse.GetRequiredValue(id), "code", "sandbox-server codes list", codes, x => x.Id, x => x.Id);
            var changed = await store.Get<JoinCodes>().RevokeAsync(Guid.ParseExact(code.Id, "N"), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                changed ? $"Code {code.Id[..8]} of {code.Person} is withdrawn." : $"Code {code.Id[..8]} was {code.State} already; nothing changed.");
        });
    }

    private static string?[] Row(CodeEntry x) => [x.Id[..8], x.Person, x.State, Listing.Time(x.CreatedAt), Listing.Time(x.ExpiresAt), x.Device ?? ""];
}
