using System.CommandLine;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary><c>sandbox-server keys check|backup|restore|roll</c>: the keys on which everything rests.</summary>
internal static class KeysCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("keys", "The CA's keys and the evidence log's: look, keep a copy, let another one take over") { Check(), Backup(), Restore(), RollCommand.Create() };

    private static Command Check() => Plain("check", "What keys there are, their pins, ends and modes", [], async (_, folders, output, _) =>
    {
        var faults = 0;
        foreach (var (line, fault) in KeyReport.Of(folders, TimeProvider.System.GetUtcNow()))
        {
            if (fault) faults++;
            await output.WriteLineAsync(line);
        }

        return faults == 0 ? 0 : 1;
    });

    private static Command Backup()
    {
        var (file, passphrase) = (FileArgument("The backup; it must not exist yet"), new PassphraseOption());
        return Plain("backup", "Write all keys into one encrypted file (PKCS#12); the passphrase is read from standard input", [file, passphrase], async (parse, folders, output, ct) =>
        {
            RequireServer(folders);
            var path = Path.GetFullPath(parse.GetRequiredValue(file));
            if (File.Exists(path)) throw new SetupException($"{path} exists already: name another file.");
            if (!Directory.Exists(Path.GetDirectoryName(path))) throw new SetupException($"The folder {Path.GetDirectoryName(path)} does not exist.");
            var secret = await passphrase.ReadAsync(parse, ct);
            DurableFile.Write(path, KeyBackup.Write(folders, secret), DurableFile.Secret);
            await output.WriteLineAsync($"{path} holds {string.Join(", ", KeyBackup.Files(folders).Select(Path.GetFileName))}.");
            await output.WriteLineAsync($"To look inside without this program: openssl pkcs12 -in {path} -nodes");
            return 0;
        });
    }

    private static Command Restore()
    {
        var (file, passphrase) = (FileArgument("The backup"), new PassphraseOption());
        var force = new Option<bool>("--force") { Description = "Put the backup's keys in place of others that are there" };
        return Plain("restore", "Put the keys of a backup back; the server must be stopped", [file, passphrase, force], async (parse, folders, output, ct) =>
        {
            using var alone = ServerLock.Take(folders);
            var path = Path.GetFullPath(parse.GetRequiredValue(file));
            if (!File.Exists(path)) throw new SetupException($"{path} does not exist.");
            var files = KeyBackup.Read(await File.ReadAllBytesAsync(path, ct), await passphrase.ReadAsync(parse, ct));
            var others = files.Keys.Where(name => IsOther(Path.Combine(folders.Pki, name), files[name])).Order(StringComparer.Ordinal).ToList();
            if (others.Count > 0 && !parse.GetValue(force))
                throw new SetupException($"{folders.Pki} holds other keys than the backup: {string.Join(", ", others)}. Nothing was changed. To put the backup's in their place: --force");
            KeyBackup.PutBack(folders, files);
            await output.WriteLineAsync($"{folders.Pki} holds {string.Join(", ", files.Keys.Order(StringComparer.Ordinal))} again.");
            return 0;
        });
    }

    /// <summary>A command on a data folder that opens no database.</summary>
    internal static Command Plain(string name, string description, IEnumerable<Symbol> inputs, Func<ParseResult, ServerFolders, TextWriter, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        var data = new DataOption();
        command.Options.Add(data);
        foreach (var input in inputs)
        {
            if (input is Argument argument) command.Arguments.Add(argument);
            else if (input is Option option) command.Options.Add(option);
        }

        command.SetAction((parse, ct) => work(parse, data.Folders(parse), parse.InvocationConfiguration.Output, ct));
        return command;
    }

    /// <summary>Ends a command where there are no keys.</summary>
    internal static void RequireServer(ServerFolders folders)
    {
        if (!File.Exists(Path.Combine(folders.Pki, "ca.crt")))
            throw new SetupException($"There is no server in {folders.Root}. Make one with: sandbox-server init, or name its folder with --data DIR.");
    }

    private static bool IsOther(string path, byte[] content) => File.Exists(path) && !Canonical(File.ReadAllText(path)).SequenceEqual(Canonical(System.Text.Encoding.ASCII.GetString(content)));

    private static string Canonical(string text) => string.Concat(text.Where(x => !char.IsWhiteSpace(x)));

    private static Argument<string> FileArgument(string description) => new("FILE") { Description = description };
}
