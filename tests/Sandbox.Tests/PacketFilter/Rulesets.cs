namespace Sandbox.Tests.PacketFilter;

/// <summary>Rules as people write them.</summary>
internal static class Rulesets
{
    /// <summary>nft(8): the shape of the wiki's workstation.</summary>
    public const string Workstation = """
        table inet filter {
            set friends { type ipv4_addr; elements = { 192.0.2.1, 192.0.2.2 }; }
            chain input {
                type filter hook input priority 0; policy drop;
                iif lo accept
                ct state vmap { established : accept, related : accept, invalid : drop }
                ip saddr @friends accept
                tcp dport { 22, 80, 443 } counter accept comment "web"
                meta l4proto ipv6-icmp accept
                limit rate 5/minute log prefix "in: "
                jump last
            }
            chain last {
                counter
            }
            chain forward { type filter hook forward priority filter; policy accept; }
            chain nat { type nat hook postrouting priority srcnat; policy accept; masquerade; }
        }
        """;

    /// <summary>iptables-save(8).</summary>
    public const string Saved = """
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        :mine - [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        -A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT
        -A INPUT -s 192.0.2.0/24 -m comment --comment "ours" -j ACCEPT
        -A INPUT -j mine
        -A mine -m addrtype --dst-type LOCAL -j RETURN
        -A mine -j DROP
        -A INPUT -m limit --limit 3/min -j LOG
        -A INPUT -j REJECT --reject-with icmp-port-unreachable
        COMMIT

        """;
}
