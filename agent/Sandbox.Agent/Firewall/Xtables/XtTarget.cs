namespace Sandbox.Agent.Firewall.Xtables;

/// <summary>Targets of xtables that are programs of their own (iptables-extensions(8)), beside the plain verdicts.</summary>
internal static class XtTarget
{
    /// <summary>What it does with the packet.</summary>
    public static Effect Does(string name, Probe probe)
    {
        // Both mark packets for rules that come later.
        if (name is "MARK" or "CONNMARK") probe.Marked = true;
        return name switch
        {
            "REJECT" or "TARPIT" or "DELUDE" => new Effect(Matching.Yes, Act.Deny),
            "LOG" or "NFLOG" or "ULOG" or "TRACE" or "AUDIT" or "MARK" or "CONNMARK" or "SET" or "TCPMSS" or "TCPOPTSTRIP" or "CHECKSUM" or "CLASSIFY"
                or "CT" or "NOTRACK" or "DSCP" or "TOS" or "TTL" or "HL" or "ECN" or "SECMARK" or "CONNSECMARK" or "TEE" or "RATEEST" or "IDLETIMER" or "LED"
                => new Effect(Matching.Yes, Act.Continue),
            "DNAT" or "SNAT" or "MASQUERADE" or "REDIRECT" or "NETMAP" or "TPROXY" => new Effect(Matching.Yes, Act.Accept),
            _ => new Effect(Matching.Yes, Act.Unclear, Why: $"target {name}"),
        };
    }
}
