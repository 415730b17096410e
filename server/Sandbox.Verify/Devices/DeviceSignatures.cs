using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Verify.Entries;
using Sandbox.Verify.Words;

namespace Sandbox.Verify.Devices;

/// <summary>Whether the device that a piece of evidence is about vouches for the report that it rests on, with the key of its enrolment.</summary>
internal sealed class DeviceSignatures(Findings findings) : IEntryCheck
{
    private readonly Dictionary<ByteString, List<ByteString>> _keys = [];
    private readonly HashSet<ByteString> _erased = [];

    /// <summary>Statements that a device's signature vouches for.</summary>
    public long SignedCount { get; private set; }

    /// <summary>Statements for which nothing but the connection vouches, as they say themselves.</summary>
    public long UnsignedCount { get; private set; }

    /// <inheritdoc/>
    public void Take(Shown entry)
    {
        if (entry is { Body: null, Leaf: { Kind: EntryKind.Enrolment, Device: { } device } }) _erased.Add(ByteString.CopyFrom(device));
        if (entry.Body?.DeviceEnrolled is { } enrolled) Enrol(enrolled);
        if (entry.Body?.Evidence is { } statement) Check(entry.Index, statement);
    }

    private void Enrol(DeviceEnrolled enrolled)
    {
        if (!_keys.TryGetValue(enrolled.DeviceId, out var keys)) _keys[enrolled.DeviceId] = keys = [];
        keys.Add(enrolled.PublicKey);
    }

    private void Check(long index, EvidenceStatement statement)
    {
        if (statement.Chain is not { } chain)
        {
            UnsignedCount++;
            if (!statement.HasChainMissing) findings.Fault(index, "no device's signature leads to this evidence, and it does not say why");
            else findings.Remark(index, $"no device's signature leads to this evidence: {statement.ChainMissing}");
        }
        else if (Fault(statement, chain) is { } fault) findings.Fault(index, fault);
        else if (IsTheDevices(index, statement.DeviceId, chain.PublicKey)) SignedCount++;
    }

    private static string? Fault(EvidenceStatement statement, SignedChain chain)
    {
        if ((statement.SettlingReport ?? statement.Report) is not { } cited) return "it has a device's signature, but cites no report that was signed";
        if (cited.DeviceId != statement.DeviceId) return "the report that it cites is another device's";
        return ChainProof.Fault(cited, chain) is { } fault ? $"the device does not vouch for it: {fault}" : null;
    }

    private bool IsTheDevices(long index, ByteString device, ByteString key)
    {
        if (_keys.TryGetValue(device, out var keys) && keys.Contains(key)) return true;
        if (_erased.Contains(device)) findings.Remark(index, "the enrolment of its device was erased: that the key which vouches for it is the device's cannot be shown any more");
        else findings.Fault(index, $"the key that vouches for it is not one with which the device {Convert.ToHexStringLower(device.Span)} was enrolled by then, as far as this bundle shows");
        return false;
    }
}
