using Sandbox.Ledger;
using Sandbox.Ledger.Bundle;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Trust;

/// <summary>By which key the checkpoint is believed.</summary>
/// <param name="IsConfirmed">The key came from a person, or followed one that did.</param>
/// <param name="Key">Its text form. Null: none is known, so the signature could not be checked.</param>
/// <param name="Words">How it is known.</param>
internal sealed record KeyTrust(bool IsConfirmed, string? Key, string Words)
{
    private static readonly KeyTrust _none = new(false, null, "no key");

    /// <summary>Judges the signatures of a checkpoint.</summary>
    /// <param name="note">The checkpoint, signed.</param>
    /// <param name="origin">The log's name.</param>
    /// <param name="given">The key that a person typed. Null: none.</param>
    /// <param name="remembered">Text form of the key that was confirmed before. Null: none.</param>
    /// <param name="successor">Text form of the key to which that one has handed over; itself when it has not.</param>
    /// <param name="claimed">What the bundle says its key is; it is told, never trusted. Null: it does not say.</param>
    /// <param name="findings">What is wrong.</param>
    public static KeyTrust Judge(SignedNote note, string origin, VerifierKey? given, string? remembered, string? successor, VerifierKey? claimed, Findings findings)
    {
        if (given is not null) return Given(note, origin, given, successor, findings);
        if (remembered is null) return new KeyTrust(false, claimed?.ToString(), claimed is null ? "nobody has confirmed a key of this log on this machine, and nothing here says which it is" : "nobody has confirmed this key on this machine");
        if (successor != remembered && IsSigned(note, successor!)) return new KeyTrust(true, successor, $"the key that was confirmed on this machine, {remembered}, has handed over to this one: both signed a checkpoint that has the entry about it");
        if (IsSigned(note, remembered)) return new KeyTrust(true, remembered, "it was confirmed on this machine before");
        findings.Fault(BundlePath.Checkpoint, $"it is not signed by {remembered}, which was confirmed on this machine, and no handover leads from that key to another. If the lab says that it has a new key, compare it with the one on paper and type: --key KEY");
        return _none;
    }

    private static KeyTrust Given(SignedNote note, string origin, VerifierKey given, string? successor, Findings findings)
    {
        if (successor is not null && successor != given.ToString()) findings.Remark(BundlePath.Checkpoint, $"another key of this log was confirmed on this machine before, {successor}; nothing but your word leads from it to the one that you gave");
        if (given.Name == origin && note.IsSignedBy(given)) return new KeyTrust(true, given.ToString(), "you gave it");
        findings.Fault(BundlePath.Checkpoint, given.Name == origin ? $"it is not signed by the key that you gave, {given}" : $"it is one of the log {origin}; the key that you gave is of {given.Name}");
        return _none;
    }

    private static bool IsSigned(SignedNote note, string key) => note.IsSignedBy(VerifierKey.Parse(key));
}
