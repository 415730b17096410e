using System.Globalization;
using Sandbox.Ledger;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Sequencing;

/// <summary>
/// Of each key of the log that ended, the last checkpoint that it and its follower signed: whoever knows the old key alone is led to the new one, which
/// an entry below that checkpoint names. One file each, named by the old key's number.
/// </summary>
internal sealed class Handovers(ServerFolders folders)
{
    /// <summary>Keeps one.</summary>
    public void Keep(VerifierKey old, byte[] note)
    {
        DurableFile.MakeFolder(folders.Handovers);
        DurableFile.Write(PathOf(old.Id), note, DurableFile.Open);
    }

    /// <summary>The checkpoint with which a key ended. Null: there is none of that number.</summary>
    /// <param name="id">The key's number, 8 hexadecimal digits.</param>
    public byte[]? Find(string id) =>
        uint.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && File.Exists(PathOf(number)) ? File.ReadAllBytes(PathOf(number)) : null;

    /// <summary>All of them, by the old key's number.</summary>
    public IReadOnlyDictionary<string, byte[]> All() =>
        Directory.Exists(folders.Handovers) ? Directory.GetFiles(folders.Handovers).Where(path => Path.GetFileName(path) is { Length: 8 } name && name.All(char.IsAsciiHexDigitLower)).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes) : [];

    private string PathOf(uint id) => Path.Combine(folders.Handovers, $"{id:x8}");
}
