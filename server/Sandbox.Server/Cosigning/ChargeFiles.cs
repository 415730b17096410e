using System.Text;
using Sandbox.Ledger;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Cosigning;

/// <summary>What proves a charge, in files that can be given to anybody: <c>cosigned</c> and <c>shown</c>, both signed notes, and <c>words.txt</c>.</summary>
internal sealed class ChargeFiles(string folder)
{
    private string WordsFile => Path.Combine(folder, "words.txt");

    private string ShownFile => Path.Combine(folder, "shown");

    /// <summary>Whether the charge stands.</summary>
    public bool Exists => File.Exists(WordsFile);

    /// <summary>The charge for people, and where its files are.</summary>
    public string Words => $"{File.ReadAllText(WordsFile).TrimEnd('\n')} Both notes are in {folder}";

    /// <summary>Whether it is this checkpoint that speaks against the log.</summary>
    public bool Is(SignedNote shown) => Exists && SignedNote.Parse(File.ReadAllBytes(ShownFile)).Text == shown.Text;

    /// <summary>Keeps both notes. The first ones stand: false when there are some.</summary>
    public bool Keep(SignedNote cosigned, SignedNote shown, string words)
    {
        if (Exists) return false;
        DurableFile.MakeFolder(folder);
        DurableFile.Write(Path.Combine(folder, "cosigned"), cosigned.ToBytes(), DurableFile.Secret);
        DurableFile.Write(ShownFile, shown.ToBytes(), DurableFile.Secret);
        // Last: it says that the others are there.
        DurableFile.Write(WordsFile, Encoding.UTF8.GetBytes(words + "\n"), DurableFile.Secret);
        return true;
    }

    /// <summary>Takes it back.</summary>
    public void Drop()
    {
        if (Exists) File.Delete(WordsFile);
    }
}
