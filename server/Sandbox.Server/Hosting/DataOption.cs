using System.CommandLine;

namespace Sandbox.Server.Hosting;

/// <summary>The option --data that every command has.</summary>
internal sealed class DataOption : Option<string?>
{
    /// <summary>Makes one.</summary>
    public DataOption()
        : base("--data") => Description = "Data folder (/var/lib/sandbox as root, else ~/.local/share/sandbox)";

    /// <summary>The server's folders below it.</summary>
    public ServerFolders Folders(ParseResult parse) => new(parse.GetValue(this));
}
