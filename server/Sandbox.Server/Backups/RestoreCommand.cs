using System.CommandLine;
using Sandbox.Server.Hosting;

namespace Sandbox.Server.Backups;

/// <summary><c>sandbox-server restore</c>: a lab out of a backup, on an empty machine or in place.</summary>
internal static class RestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var (file, data, passphrase) = (new Argument<string>("FILE") { Description = "The backup" }, new DataOption(), new PassphraseOption());
        var store = new Option<string?>("--store") { Description = "Another database of the same kind: postgresql://USER@HOST:PORT/DATABASE, which must be empty" };
        var host = new Option<string?>("--host") { Description = "Name or address under which people and agents reach this machine, if it is another one than before" };
        var force = new Option<bool>("--force") { Description = "There is a server in the data folder: put its folder aside" };
        var command = new Command("restore", "Put a backup in place; the server must be stopped. The backup is read from its beginning to its end first, and nothing changes when it is not whole")
        {
            file, data, store, host, force, passphrase,
        };
        command.SetAction(async (parse, ct) =>
        {
            var (say, folders) = (parse.InvocationConfiguration, data.Folders(parse));
            var choices = new RestoreChoices(
                Path.GetFullPath(parse.GetRequiredValue(file)), parse.GetValue(store), parse.GetValue(host), parse.GetValue(force), stop => passphrase.ReadAsync(parse, stop));
            try
            {
                return await WriteAsync(say, folders, await new Restoration(folders, choices, say.Error, TimeProvider.System).RunAsync(ct));
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                await say.Error.WriteLineAsync($"Nothing was put back: {fault.Message}");
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> WriteAsync(InvocationConfiguration say, ServerFolders folders, Restored restored)
    {
        if (restored.Manifest is not { } manifest)
        {
            await say.Error.WriteFaultsAsync(restored.Faults, "The backup is not whole. Nothing was put back.");
            return 1;
        }
        await say.Output.WriteContentsAsync(manifest);
        await say.Output.WriteLineAsync($"{folders.Root} holds the lab again, in {restored.Settings!.Store}, as {restored.Settings.Host}.");
        if (restored.PutAside is { } aside) await say.Output.WriteLineAsync($"What was there before lies in {aside}, with its packages; delete it when you need it no more.");
        if (restored.Newer is { } newer)
            await say.Output.WriteLineAsync($"This machine has shown a checkpoint of {newer.Size} entries, which the backup does not know of: the log will be halted, and nothing is signed. Put a newer backup back if there is one; if not, type: sandbox-server log renew --yes");
        if (!restored.HasKeys) await say.Output.WriteLineAsync("Put the keys back before the start: sandbox-server keys restore FILE");
        await say.Output.WriteLineAsync("Next: sandbox-server run. Agents deliver again what the backup lacks and they still have; people sign in again; the agents' packages are made anew with deploy/package.");
        return 0;
    }
}
