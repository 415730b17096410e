using System.CommandLine;
using System.Globalization;
using Sandbox.Ledger;
using Sandbox.Server.Hosting;
using Sandbox.Server.Pki;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Witness;

/// <summary><c>sandbox-server log witness add|list|remove</c>: who outside cosigns this log.</summary>
internal static class WitnessCommands
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("witness", "Those outside who are asked to cosign this log's checkpoints") { Add(), List(), Remove() };

    /// <summary>A witness's last word, for people.</summary>
    public static string Words(LogWitness witness) => witness switch
    {
        { Trouble: { } trouble } => $"{witness.Size} entries{Cosigned(witness)}; at {Listing.Time(witness.AskedAt)} {trouble}",
        { CosignedAt: not null } => string.Create(CultureInfo.InvariantCulture, $"{witness.Size} entries{Cosigned(witness)}"),
        _ => "not asked yet",
    };

    private static Command Add()
    {
        var url = new Argument<string>("URL") { Description = "Where it is asked, such as http://auditor.example:7445" };
        var key = new Argument<string>("WITNESS-KEY") { Description = "Its verifier key, as its machine's witness init printed it" };
        return StoreCommand.Create("add", "Ask a witness from now on", [url, key], async (parse, store, ct) =>
        {
            var witness = Parsed(parse.GetRequiredValue(key));
            using var keys = new LogKeyFiles(store.Folders).Load(store.Settings.LogOrigin);
            if (keys.Signing.Any(own => own.Verifier.Key.Equals(witness.Key))) throw new SetupException("That is this log's own key: nobody is the witness of their own log.");
            var added = await Book(store).AddAsync(parse.GetRequiredValue(url), witness, ct);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync(added ? $"{witness.Name} is asked for each new checkpoint. See its last word with: sandbox-server log witness list" : $"{witness.Name} is asked there already; nothing changed.");
            foreach (var own in keys.Signing) await output.WriteLineAsync($"Type on its machine, if it was not: sandbox-server witness watch {own.Verifier}");
        });
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "As JSON" };
        return StoreCommand.Create("list", "Each witness with its last word", [json], async (parse, store, ct) =>
        {
            var (all, output) = (await Book(store).AllAsync(ct), parse.InvocationConfiguration.Output);
            if (parse.GetValue(json)) Listing.WriteJson(output, [.. all.Select(WitnessListing.Of)], ListingJson.Default.IReadOnlyListWitnessListing);
            else Listing.Write(output, ["NAME", "ADDRESS", "LAST WORD"], all.Select(witness => new[] { witness.Name, witness.Url, Words(witness) }));
        });
    }

    private static Command Remove()
    {
        var name = new Argument<string>("NAME") { Description = "The witness's name, as log witness list shows it" };
        return StoreCommand.Create("remove", "Ask a witness no more", [name], async (parse, store, ct) =>
        {
            await Book(store).RemoveAsync(parse.GetRequiredValue(name), ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync($"{parse.GetRequiredValue(name)} is asked no more.");
        });
    }

    private static WitnessBook Book(CommandStore store) => new(store.Get<SandboxDb>(), TimeProvider.System);

    private static string Cosigned(LogWitness witness) => witness.CosignedAt is { } at ? $", cosigned {Listing.Time(at)}" : "";

    private static WitnessVerifierKey Parsed(string text)
    {
        try
        {
            return WitnessVerifierKey.Parse(text);
        }
        catch (FormatException fault)
        {
            throw new SetupException($"{fault.Message} The witness's machine prints it with: sandbox-server witness init");
        }
    }
}
