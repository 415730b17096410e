using System.CommandLine;
using System.Text.Json;
using Sandbox.Verify.Trust;
using Sandbox.Verify.Words;

namespace Sandbox.Verify;

/// <summary><c>sandbox-verify FILE.zip | FOLDER | https://HOST:7443/log [--key KEY] [--witness KEY ...] [--ca FILE] [--json] [--no-remember]</c>.</summary>
internal static class VerifyCommand
{
    private const string Help = """
        Verifies an audit bundle, a folder of a log's tiles, or a log that is served: that nothing in it was altered, removed or put into another order.
        It trusts no key from inside a bundle: the log's key comes from paper the first time (--key) and is remembered.

        Exit codes:
          0  proved, by a key that was confirmed
          1  faults were found
          2  it cannot be read, or was asked for wrongly
          3  consistent, but by a key that nobody has confirmed
        """;

    public static RootCommand Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A bundle (zip or the folder that it unpacks to), a folder of tiles, or https://HOST:7443/log" };
        var (key, witness) = (VerifyOptions.Key(), VerifyOptions.Witness());
        var authority = VerifyOptions.Authority();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var forget = new Option<bool>("--no-remember") { Description = "Neither hold it against the checkpoint that was saved before nor save this one: for what was made earlier than that." };
        var command = new RootCommand(Help) { source, key, witness, authority, json, forget, ShowCommand.Create() };
        command.SetAction((parse, ct) =>
        {
            var settings = VerifyOptions.Read(parse.GetValue(key), parse.GetValue(witness)) with { Remembers = !parse.GetValue(forget) };
            return RunAsync(parse.GetValue(source)!, parse.GetValue(authority), settings, parse.GetValue(json), ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(string source, string? authority, VerifySettings settings, bool json, CancellationToken ct)
    {
        var known = KnownLogs.OfUser();
        Report report;
        using (var bar = new ProgressBar()) report = await new Verification(source, Source.Open(source, authority), settings, known).RunAsync(bar, shown: null, ct);
        if (json) Console.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.Report));
        else Console.WriteLine(Summary.OnScreen(report));
        if (settings.Remembers) Remember(report, settings, known);
        return report.ExitCode;
    }

    /// <summary>Remembers a log that was proved by a confirmed key, and no other.</summary>
    internal static void Remember(Report report, VerifySettings settings, KnownLogs known)
    {
        if (report is not { ExitCode: ExitCodes.Proved, Origin: { } origin, Size: { } size, Root: { } root, Key.Key: { } key }) return;
        var witnesses = settings.Witnesses.Select(witness => witness.ToString()).Concat(known.Of(origin)?.Witnesses ?? []).Distinct().ToList();
        var state = new ProvedState(size, root, TimeProvider.System.GetUtcNow());
        var saved = known.Of(origin) ?? new SavedLog { Origin = origin, Key = key, Witnesses = witnesses, Size = size, Root = root, SavedAt = state.At };
        known.Save(saved.With(state) with { Key = size < saved.Size ? saved.Key : key, Witnesses = witnesses });
    }
}
