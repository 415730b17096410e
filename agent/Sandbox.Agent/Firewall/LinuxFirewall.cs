using Sandbox.Agent.Collecting;
using Sandbox.Agent.Firewall.FrontEnds;
using Sandbox.Agent.Firewall.Nftables;
using Sandbox.Protocol;

namespace Sandbox.Agent.Firewall;

/// <summary>What the packet filter really does, and what is configured to set it up.</summary>
/// <param name="root">The folder that stands for <c>/</c>.</param>
/// <param name="kernel">Answers for the running kernel. Null: the kernel itself, where the root folder is this system's.</param>
internal sealed class LinuxFirewall(string root, Func<IKernelRules>? kernel = null) : ISelfWaking
{
    private readonly RootFolder _root = new(root);

    public string Name => "firewall";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.Firewall];

    // iptables-legacy tells nobody of changes.
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Watches { get; } = [.. FrontEndFiles.Watches, .. EnabledUnits.Watches("basic.target", "multi-user.target", "network-pre.target", "sysinit.target")];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        var firewall = new Protocol.Firewall();
        var unseen = new UnseenNotes(firewall.Unseen);
        using var asked = kernel?.Invoke() ?? (_root.IsThisSystem ? new LinuxKernelRules() : null);
        var live = LiveRules.Read(_root, asked, unseen, ct);
        var chains = new BaseChains(live.Tables);
        chains.Describe(firewall, unseen);
        var judgement = new Judgement(chains.InForce, live.Complete);
        Judge(firewall, judgement);
        if (firewall.Ipv4Input == FirewallDefault.Deny || firewall.Ipv6Input == FirewallDefault.Deny)
            new OpenInterfaces(judgement, firewall).Describe(NetworkDevices.Read(_root), live.Rules, unseen, ct);
        firewall.FrontEnds.AddRange(FrontEndFiles.Read(_root, live, unseen));
        unseen.Close();
        return new([new Fact { Firewall = firewall }]);
    }

    public IDisposable? Listen(Action wake) => _root.IsThisSystem ? RuleChanges.Listen(wake) : null;

    private static void Judge(Protocol.Firewall firewall, Judgement judgement)
    {
        if (judgement.Input(ipv6: false) is { } ipv4) firewall.Ipv4Input = ipv4;
        if (judgement.Input(ipv6: true) is { } ipv6) firewall.Ipv6Input = ipv6;
    }
}
