using System.CommandLine;
using System.Globalization;
using Sandbox.Server.Export.Formats;
using Sandbox.Server.Export.Formats.Badges;
using Sandbox.Server.Hosting;
using Sandbox.Server.Live;
using Sandbox.Server.Pki;
using Sandbox.Server.Sequencing;
using Sandbox.Storage;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export;

/// <summary><c>sandbox-server evidence export</c>: an audit bundle, or one document for another system.</summary>
internal static class ExportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What to write; a file that is there is not replaced" };
        var scope = new ScopeOptions();
        var format = new Option<string?>("--format") { Description = "Not a bundle but one document of it for another system: badges (Open Badges 3.0) and clr (CLR 2.0) of one person, xapi, case (the bare schedule), oscal or ocsf. This needs no running server" };
        format.AcceptOnlyFromAmong([.. Enum.GetNames<ExchangeFormat>().Select(name => name.ToLowerInvariant())]);
        return StoreCommand.Create("export", "Write an audit bundle, which sandbox-verify checks without this server: entries of the log with what they say, the whole tree, and the schedule filled in. The server must run, since it signs", [file, .. scope.All, format], async (parse, store, ct) =>
        {
            var path = Path.GetFullPath(parse.GetRequiredValue(file));
            if (Path.Exists(path)) throw new SetupException($"{path} is there already: name another file.");
            if (!Directory.Exists(Path.GetDirectoryName(path))) throw new SetupException($"The folder of {path} does not exist.");
            using var keys = new LogKeyFiles(store.Folders).Load(store.Settings.LogOrigin);
            var asked = await scope.ReadAsync(parse, store, ct);
            var words = parse.GetValue(format) is { } chosen
                ? await OneAsync(Enum.Parse<ExchangeFormat>(chosen, ignoreCase: true), asked, path, store, keys, ct)
                : await BundleAsync(asked, path, store, keys, ct);
            await parse.InvocationConfiguration.Output.WriteLineAsync(words);
        });
    }

    private static async Task<string> BundleAsync(ExportScope scope, string path, CommandStore store, LogKeys keys, CancellationToken ct)
    {
        // Before the entry that says that there is a bundle.
        if (store.IsAtRest) throw new SetupException($"No server runs on {store.Folders.Root}, so nobody signs a checkpoint that covers this export. Start it with `sandbox-server run`, then export again. Nothing was written, and nothing stands in the log.");
        var export = new BundleExport(store.Get<SandboxDb>(), store.Get<ILogStore>(), keys, new Handovers(store.Folders), Entry(store, keys), Exchange(store));
        using var bundle = await export.MakeAsync(scope, by: null, ct);
        await WriteAsync(path, bundle.WriteAsync, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{path}: {bundle.Entries} entries of {bundle.Size}, {new FileInfo(path).Length / 1024.0:0} KiB. That it was made stands in the log, too. Check it with: sandbox-verify {Path.GetFileName(path)} --key VERIFIER-KEY");
    }

    private static async Task<string> OneAsync(ExchangeFormat format, ExportScope scope, string path, CommandStore store, LogKeys keys, CancellationToken ct)
    {
        var made = await new FormatExport(store.Get<SandboxDb>(), store.Get<ILogStore>(), Entry(store, keys), Exchange(store)).MakeAsync(format, scope, by: null, ct);
        await WriteAsync(path, (into, ended) => into.WriteAsync(made, ended).AsTask(), ct);
        return $"{path} is written.{(format == ExchangeFormat.Case ? "" : " That it was made stands in the log, too.")}";
    }

    private static ExportEntry Entry(CommandStore store, LogKeys keys) => new(store.Get<SandboxDb>(), store.Get<ILogStore>(), keys, new LogBell(), store.Get<TimeProvider>());

    private static Exchange Exchange(CommandStore store) => new(Site.Of(store.Settings), new IssuerKeyFile(store.Folders));

    // It holds names: others may not read it.
    private static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken ct) => await DurableFile.WriteNewAsync(path, DurableFile.Secret, async file =>
    {
        await write(file, ct);
        return path;
    });
}
