using System.CommandLine;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Backups;

/// <summary><c>sandbox-server backup</c>: a whole lab in one file, made while the server runs.</summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (file, data, passphrase) = (new Argument<string>("FILE") { Description = "The backup; it must not exist yet" }, new DataOption(), new PassphraseOption());
        var withoutKeys = new Option<bool>("--without-keys") { Description = "Leave the keys out: only with a backup of them (keys backup) can this one go on as the same lab" };
        var command = new Command("backup", "Write people, devices, reports, the evidence log, settings, policy and sealed keys into one file, while the server runs; it is read again before it counts")
        {
            file, data, passphrase, withoutKeys, Verify(),
        };
        command.SetAction(async (parse, ct) =>
        {
            var (folders, path) = (data.Folders(parse), Path.GetFullPath(parse.GetRequiredValue(file)));
            KeysCommand.RequireServer(folders);
            if (File.Exists(path)) throw new SetupException($"{path} exists already: name another file.");
            if (!Directory.Exists(Path.GetDirectoryName(path))) throw new SetupException($"The folder {Path.GetDirectoryName(path)} does not exist.");
            var secret = parse.GetValue(withoutKeys) ? null : await passphrase.ReadAsync(parse, ct);
            await using var store = await CommandStore.OpenAsync(folders, ct);
            return await MakeAsync(parse.InvocationConfiguration, new BackupMaker(folders, store.Settings, parse.InvocationConfiguration.Error, TimeProvider.System), path, secret, ct);
        });
        return command;
    }

    private static async Task<int> MakeAsync(InvocationConfiguration say, BackupMaker maker, string path, string? secret, CancellationToken ct)
    {
        try
        {
            var (made, faults) = await maker.MakeAsync(path, secret, ct);
            if (made is null)
            {
                await say.Error.WriteFaultsAsync(faults, "No backup was made: what was copied is not whole. Keep the backups that you have; see what is wrong with: sandbox-server log verify");
                return 1;
            }
            await say.Output.WriteContentsAsync(made);
            await say.Output.WriteLineAsync($"{path} is whole. It holds what people and machines said, and hashes of passwords: keep it where nobody else reads it.");
            return 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await say.Error.WriteLineAsync($"No backup was made: {fault.Message}");
            return 1;
        }
    }

    private static Command Verify()
    {
        var (file, passphrase) = (new Argument<string>("FILE") { Description = "The backup" }, new PassphraseOption());
        var command = new Command("verify", "Read a backup again without putting it back: every part, the form of the store, the whole log; with --passphrase-file also the keys. Exit code 1 when something is wrong") { file, passphrase };
        command.SetAction(async (parse, ct) =>
        {
            var (say, path) = (parse.InvocationConfiguration, Path.GetFullPath(parse.GetRequiredValue(file)));
            var secret = parse.GetValue(passphrase) is null ? null : await passphrase.ReadAsync(parse, ct);
            using var parts = new BackupFolder();
            var read = await BackupReading.OpenAsync(path, parts, say.Error, TimeProvider.System, ct);
            if (read.Manifest is not { } manifest)
            {
                await say.Error.WriteFaultsAsync(read.Faults, $"{path} is not whole.");
                return 1;
            }
            if (secret is not null && manifest.HasKeys) _ = BackupKeys.Open(parts, manifest, secret);
            await say.Output.WriteContentsAsync(manifest);
            if (secret is null && manifest.HasKeys) await say.Output.WriteLineAsync("The keys in it were not opened: with --passphrase-file FILE it is seen whether the passphrase on paper opens them.");
            await say.Output.WriteLineAsync($"{path} is whole. Compare the verifier key with the one on paper.");
            return 0;
        });
        return command;
    }
}
