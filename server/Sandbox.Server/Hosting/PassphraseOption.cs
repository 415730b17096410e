using System.CommandLine;

namespace Sandbox.Server.Hosting;

/// <summary>The option --passphrase-file of the commands that seal or open keys; without it the passphrase is read from standard input.</summary>
internal sealed class PassphraseOption : Option<string?>
{
    private const int Shortest = 12;

    /// <summary>Makes one.</summary>
    public PassphraseOption()
        : base("--passphrase-file") => Description = "Take the passphrase from the first line of this file instead";

    /// <summary>Asks for it.</summary>
    /// <exception cref="SetupException">There is none, or it is too short.</exception>
    public async Task<string> ReadAsync(ParseResult parse, CancellationToken ct)
    {
        var file = parse.GetValue(this);
        if (file is not null && !File.Exists(file)) throw new SetupException($"{file} does not exist.");
        if (file is null && !Console.IsInputRedirected) await Console.Error.WriteAsync("Passphrase: ");
        var line = file is null ? await Console.In.ReadLineAsync(ct) : File.ReadLines(file).FirstOrDefault();
        return line is { Length: >= Shortest }
            ? line
            : throw new SetupException($"A passphrase has {Shortest} characters or more. Type it and press Enter, or name a file that holds it: --passphrase-file FILE");
    }
}
