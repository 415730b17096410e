using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall.Nftables;
using Sandbox.Agent.Firewall.Xtables;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall;

/// <summary>The tables that the kernel has now, of both engines.</summary>
internal sealed class LiveRules
{
    private readonly List<Table> _tables = [];

    /// <summary>All tables.</summary>
    public IReadOnlyList<Table> Tables => _tables;

    /// <summary>How many rules they have together.</summary>
    public int Rules => _tables.SelectMany(table => table.Chains.Values).Sum(chain => chain.Rules.Count);

    /// <summary>Both engines were read wholly, so that what is not here is not in force.</summary>
    public bool Complete { get; private set; } = true;

    /// <summary>Reads what it may and notes what it may not.</summary>
    public static LiveRules Read(RootFolder root, IKernelRules? kernel, UnseenNotes unseen, CancellationToken ct)
    {
        var live = new LiveRules();
        if (kernel is null)
        {
            live.Complete = false;
            const string Why = "only the running system knows its rules, and the root folder is another";
            unseen.Add(new Unseen { What = "netfilter", Why = Why, Remedy = "Leave out --root" });
            return live;
        }
        live.Try("nf_tables", unseen, () => live._tables.AddRange(new NftReader(kernel, ct).Read()));
        foreach (var ipv6 in (ReadOnlySpan<bool>)[false, true]) live.AddLegacy(root, kernel, ipv6, unseen);
        return live;
    }

    // Asking for a table that is not there would make the kernel load it: these files say which are.
    private void AddLegacy(RootFolder root, IKernelRules kernel, bool ipv6, UnseenNotes unseen)
    {
        var path = ipv6 ? "proc/net/ip6_tables_names" : "proc/net/ip_tables_names";
        if (!root.Has(path)) return;
        if (!root.TryRead(path, out var names, out var fault))
        {
            Complete = false;
            unseen.Add(fault);
            return;
        }
        foreach (var name in names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).Take(16))
        {
            Try($"{(ipv6 ? "ip6_tables" : "ip_tables")} {name}", unseen, () =>
            {
                var table = XtTable.Read(kernel.LegacyTable(ipv6, name), ipv6, name);
                _tables.Add(table ?? throw new IOException("its entries are not understood"));
            });
        }
    }

    private void Try(string what, UnseenNotes unseen, Action read)
    {
        try
        {
            read();
        }
        catch (KernelRefusal refusal) when (refusal.MeansNotThere)
        {
            // A kernel without this engine has no rules of it.
        }
        catch (IOException fault)
        {
            Complete = false;
            unseen.Add(fault is KernelRefusal { IsForLackOfRights: true } ? Denied(what) : new Unseen { What = what, Why = fault.Message });
        }
    }

    private static Unseen Denied(string what)
    {
        var note = Why.Of(what, new UnauthorizedAccessException());
        (note.What, note.Why) = (what, "permission denied: it takes CAP_NET_ADMIN");
        if (Environment.IsPrivilegedProcess)
            note.Remedy = "Give the agent CAP_NET_ADMIN: AmbientCapabilities=CAP_NET_ADMIN in its unit, or --cap-add=NET_ADMIN for its container";
        return note;
    }
}
