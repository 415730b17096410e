using System.Text;
using Sandbox.Ledger;
using Sandbox.Server.Pki;

namespace Sandbox.Server.Cosigning;

/// <summary>
/// One log that is witnessed, as plain files in a folder of its own: <c>keys</c> (its verifier keys, one a line), <c>checkpoint</c> (the last one that was
/// cosigned, with the cosignature), and what speaks against the log below <c>against</c>.
/// </summary>
internal sealed class WitnessedLog(string folder)
{
    private string KeysFile => Path.Combine(folder, "keys");

    private string CheckpointFile => Path.Combine(folder, "checkpoint");

    /// <summary>The log's name.</summary>
    public string Origin => Keys[0].Name;

    /// <summary>Keys that count as the log's.</summary>
    /// <exception cref="SetupException">The file is damaged.</exception>
    public IReadOnlyList<VerifierKey> Keys => field ??= ReadKeys();

    /// <summary>The last checkpoint that was cosigned. Null: none yet.</summary>
    /// <exception cref="SetupException">The file is damaged: what was cosigned is not known, so nothing is.</exception>
    public SignedNote? Cosigned
    {
        get
        {
            if (!File.Exists(CheckpointFile)) return null;
            try
            {
                return SignedNote.Parse(File.ReadAllBytes(CheckpointFile));
            }
            catch (FormatException fault)
            {
                throw new SetupException($"{CheckpointFile} is damaged: {fault.Message} Put it back from a backup; an older one would let a second history pass.");
            }
        }
    }

    /// <summary>What speaks against the log, in words, each with the folder that holds both notes.</summary>
    public IReadOnlyList<string> Against => [.. Enum.GetValues<Charge>().Select(Evidence).Where(held => held.Exists).Select(held => held.Words)];

    /// <summary>The files of one charge.</summary>
    public ChargeFiles Evidence(Charge charge) => new(Path.Combine(folder, "against", charge.ToString().ToLowerInvariant()));

    /// <summary>Counts another key as the log's. False: it does already.</summary>
    public bool Trust(VerifierKey key)
    {
        IReadOnlyList<VerifierKey> known = File.Exists(KeysFile) ? Keys : [];
        if (known.Any(other => other.ToString() == key.ToString())) return false;
        DurableFile.MakeFolder(folder);
        DurableFile.Write(KeysFile, Encoding.UTF8.GetBytes(string.Concat(known.Append(key).Select(each => $"{each}\n"))), DurableFile.Secret);
        return true;
    }

    /// <summary>Keeps what was cosigned; it is on the disk when this returns.</summary>
    public void Keep(SignedNote cosigned) => DurableFile.Write(CheckpointFile, cosigned.ToBytes(), DurableFile.Secret);

    private VerifierKey[] ReadKeys()
    {
        try
        {
            return [.. File.ReadAllLines(KeysFile).Select(VerifierKey.Parse)];
        }
        catch (FormatException fault)
        {
            throw new SetupException($"{KeysFile} is damaged: {fault.Message} Put it back from a backup.");
        }
    }
}
