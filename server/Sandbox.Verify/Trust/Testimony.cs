using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Trust;

/// <summary>What the witnesses say of the checkpoint.</summary>
internal static class Testimony
{
    /// <summary>The cosignatures of known witnesses.</summary>
    /// <param name="note">The checkpoint, signed.</param>
    /// <param name="origin">The log's name.</param>
    /// <param name="given">Keys that a person typed: each must have cosigned.</param>
    /// <param name="remembered">Keys that a person typed before.</param>
    /// <param name="latest">The latest time in the leaves, with its leaf. Null: there are none.</param>
    /// <param name="findings">What is wrong.</param>
    public static IReadOnlyList<Witnessed> Hear(
        SignedNote note, string origin, IReadOnlyList<WitnessVerifierKey> given, IReadOnlyList<WitnessVerifierKey> remembered, (long Index, DateTimeOffset Time)? latest, Findings findings)
    {
        var heard = new List<Witnessed>();
        foreach (var key in given.Concat(remembered).DistinctBy(key => key.ToString()))
        {
            if (key.Of(note) is { } cosignature)
            {
                heard.Add(new Witnessed(key.ToString(), cosignature.Time));
                if (latest is { } last && last.Time - cosignature.Time > Times.Allowed)
                    findings.Fault(last.Index, $"it says {last.Time:u}, {Span.Of(last.Time - cosignature.Time)} after {key.Name} had seen it in the log: it was dated ahead, or one of the two clocks was wrong");
            }
            else if (given.Contains(key)) findings.Fault(BundlePath.Checkpoint, $"the witness {key.Name} has not cosigned it with the key that you gave");
            else findings.Remark(BundlePath.Checkpoint, $"the witness {key.Name}, whose key was given before, has not cosigned it");
        }
        foreach (var line in note.Signatures.Where(line => line.Name != origin && !heard.Exists(one => one.Key.StartsWith($"{line.Name}+{line.KeyId:x8}+", StringComparison.Ordinal))))
            findings.Remark(BundlePath.Checkpoint, $"there is a signature of {line.Name} that counts for nothing here: no key of that name was given with --witness");
        return heard;
    }
}

/// <summary>A witness saw this checkpoint.</summary>
/// <param name="Key">Text form of its key.</param>
/// <param name="At">When, by its own clock.</param>
internal sealed record Witnessed(string Key, DateTimeOffset At);
