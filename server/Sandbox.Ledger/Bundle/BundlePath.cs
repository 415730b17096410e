namespace Sandbox.Ledger.Bundle;

/// <summary>
/// The files of an audit bundle: a zip, or the folder that it unpacks to, that is a static log of C2SP tlog-tiles with the bodies of some entries and
/// documents for people beside it.
/// </summary>
public static class BundlePath
{
    /// <summary>The signed note.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>Disclosed entries: a <see cref="DisclosedEntry"/> a line, in order of index.</summary>
    public const string Entries = "entries.jsonl";

    /// <summary>The one <see cref="DisclosedEntry"/> that records this very export.</summary>
    public const string Export = "export.json";

    /// <summary>The <see cref="Sha256Sums"/> of every document. The export's entry commits to the hash of this file.</summary>
    public const string Sums = "SHA256SUMS";

    /// <summary>Folder of the checkpoints that two keys of the log signed, when one gave way to the other; each is named for the id of the key that ended.</summary>
    public const string Handovers = "handovers/";

    /// <summary>Folder of the tree: see <see cref="TilePath"/>.</summary>
    public const string Tree = "tile/";

    /// <summary>Whether a file is bound to the log through <see cref="Sums"/>. The others prove themselves.</summary>
    public static bool IsDocument(string path) =>
        path is not (Checkpoint or Export or Sums) && !path.StartsWith(Handovers, StringComparison.Ordinal) && !path.StartsWith(Tree, StringComparison.Ordinal);

    /// <summary>Whether a path stays inside the bundle on every system: parts with names, with / between them, none of which begins with a dot.</summary>
    public static bool IsPlain(string path) =>
        !path.Any(letter => char.IsControl(letter) || letter is '\\' or ':') && path.Split('/').All(part => part.Length > 0 && part[0] != '.');
}
