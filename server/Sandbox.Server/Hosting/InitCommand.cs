using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Sandbox.Server.People;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Hosting;

/// <summary><c>sandbox-server init</c>: makes CA, certificates, log key, database and the first admin; run again, it changes nothing that is there.</summary>
internal static class InitCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("init", "Make keys, certificates and the database; what is there stays");
        var choices = new ServerChoices(command);
        command.SetAction(async (parse, ct) =>
        {
            var folders = choices.Folders(parse);
            // A running server has made everything already.
            using var alone = ServerLock.TryTake(folders);
            var settings = choices.Apply(parse, ServerSettings.Load(folders));
            using var keys = Keys.LoadOrCreate(folders, settings, TimeProvider.System);
            new ServerCertificate(keys.Authority, folders, TimeProvider.System, NullLogger<ServerCertificate>.Instance).For(settings.Host);
            await using var store = await CommandStore.OpenAsync(folders, settings, ct);
            // A store that could not be opened is not remembered.
            settings.Save(folders);
            await PrintAsync(parse.InvocationConfiguration.Output, store, keys, ct);
            return 0;
        });
        return command;
    }

    private static async Task PrintAsync(TextWriter output, CommandStore store, Keys keys, CancellationToken ct)
    {
        await output.WriteLineAsync($"page: {store.Settings.Page("/")}");
        if (await store.Get<FirstAdmin>().NewSetupTokenAsync(ct) is { } token)
        {
            await output.WriteLineAsync($"set-up: {store.Settings.Page($"/setup#{token}")}");
            await output.WriteLineAsync($"set-up-expires: {TimeProvider.System.GetUtcNow() + Invitations.SetupLife:yyyy-MM-dd HH:mm} UTC");
        }

        await output.WriteLineAsync($"ca: {Convert.ToHexStringLower(keys.Authority.Pin)}");
        await output.WriteLineAsync($"ca-certificate: {keys.Authority.Certificate.GetCertHashString(HashAlgorithmName.SHA256)}");
        await output.WriteLineAsync($"verifier-key: {keys.Log.Verifier}");
    }
}
