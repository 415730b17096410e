using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;
using Sandbox.Server.Hosting;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>Makes a join code on the command line.</summary>
internal static class NewCode
{
    /// <summary>How long a code lives unless something else is asked for.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);

    /// <summary>The text of a new code.</summary>
    /// <exception cref="SetupException">Nobody knows yet on which port agents will be served.</exception>
    public static async Task<string> TextAsync(CommandStore store, Guid person, TimeSpan life, DeviceId? replaces, CancellationToken ct)
    {
        RequireAddress(store);
        var (code, token) = await store.Get<JoinCodes>().CreateAsync(person, life, replaces, ct);
        return Text(store, code, token);
    }

    /// <summary>Ends a command that makes a code before there is an address to write into it.</summary>
    /// <exception cref="SetupException">Nobody knows yet on which port agents will be served.</exception>
    public static void RequireAddress(CommandStore store)
    {
        if (store.Settings.AgentAddress.EndsWith(":0", StringComparison.Ordinal))
            throw new SetupException("The port of the agents is not known before the server has run once: start it with sandbox-server run, then make the code.");
    }

    /// <summary>The text of a code that was made.</summary>
    public static string Text(CommandStore store, IssuedCode code, byte[] token)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(store.Folders.Pki, "ca.crt"));
        var pin = SHA256.HashData(authority.PublicKey.ExportSubjectPublicKeyInfo());
        return JoinCodes.Text(store.Settings.AgentAddress, pin, token, code.ExpiresAt);
    }

    /// <summary>Prints it with what to do, or alone.</summary>
    public static async Task PrintAsync(TextWriter output, string text, string whose, TimeSpan life, bool quiet)
    {
        if (!quiet)
        {
            await output.WriteLineAsync($"{whose}: type there within {Duration.Words(life)}");
            await output.WriteLineAsync("    sudo sandbox-agent enrol -");
            await output.WriteLineAsync("and paste this join code, which works once:");
        }

        await output.WriteLineAsync(text);
    }
}
