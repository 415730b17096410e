using System.Runtime.InteropServices;

namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>A rule of iptables-legacy, read anew for each packet.</summary>
/// <param name="bytes">Its table.</param>
/// <param name="start">Where its entry begins.</param>
/// <param name="offset">The same, as jumps have it.</param>
/// <param name="ipv6">Of ip6_tables.</param>
internal sealed class XtRule(byte[] bytes, int start, uint offset, bool ipv6) : Rule
{
    private const byte GotoIPv4 = 2;
    private const byte GotoIPv6 = 4;

    public override Effect On(Probe probe)
    {
        var entry = XtEntry.At(bytes, start, ipv6)!;
        var header = new XtHeader(entry.Span, ipv6);
        var matching = header.Meets(probe);
        string? why = null;
        for (var at = entry.HeaderLength; matching != Matching.No && at + XtEntry.PartLength <= entry.TargetOffset;)
        {
            var part = entry.Span[at..entry.TargetOffset];
            int length = MemoryMarshal.Read<ushort>(part);
            if (length < XtEntry.PartLength || length > part.Length) return new Effect(Matching.Unknown, Act.Unclear, Why: "its matches");
            var effect = XtMatch.Meets(XtEntry.PartName(part), part[31], part[XtEntry.PartLength..length], probe);
            if (effect.Matching < matching) matching = effect.Matching;
            why ??= effect.Why;
            at += length;
        }
        if (matching == Matching.No) return new Effect(matching, Act.Continue);
        var does = Does(entry, header, probe);
        return does with { Matching = matching, Why = why ?? does.Why };
    }

    private Effect Does(XtEntry entry, XtHeader header, Probe probe)
    {
        if (entry.TargetName.Length > 0) return XtTarget.Does(entry.TargetName, probe);
        return entry.Verdict switch
        {
            XtEntry.Drop => new(Matching.Yes, Act.Deny),
            XtEntry.Accept => new(Matching.Yes, Act.Accept),
            XtEntry.Return => new(Matching.Yes, Act.Return),
            // A rule without a target leads to the entry behind it.
            >= 0 and var next when (uint)next == offset + entry.NextOffset => new(Matching.Yes, Act.Continue),
            >= 0 and var to => new(Matching.Yes, header.Goes(ipv6 ? GotoIPv6 : GotoIPv4) ? Act.Goto : Act.Jump, XtTable.Name(to)),
            _ => new(Matching.Yes, Act.Unclear, Why: "a queue"),
        };
    }
}
