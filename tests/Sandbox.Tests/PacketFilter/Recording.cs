using Sandbox.Agent.Firewall;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PacketFilter;

/// <summary>
/// Makes the files in Recorded/ anew, on Debian 12 as root with nftables and iptables; ufw and firewalld are set up by the commands beside
/// their names, in the same namespace. <c>Sandbox.Tests -explicit only -class Sandbox.Tests.PacketFilter.Recording</c> writes them.
/// </summary>
public sealed class Recording(NetworkNamespace network) : IClassFixture<NetworkNamespace>
{
    private const string Flush = "nft flush ruleset; ";

    // ufw needs the package and changes /etc/ufw, so it is recorded on a machine that is thrown away.
    private const string Ufw = Flush + "ufw --force reset >/dev/null; ufw allow 22/tcp; ufw logging low; ";

    [Theory(Explicit = true)]
    [InlineData("workstation", Flush + "nft -f -", Rulesets.Workstation)]
    [InlineData("iptables-nft", Flush + "iptables-restore; ip6tables -P INPUT ACCEPT", Rulesets.Saved)]
    [InlineData("iptables-legacy", Flush + "iptables-legacy-restore; ip6tables-legacy -P INPUT ACCEPT", Rulesets.Saved)]
    [InlineData("ufw-deny", Ufw + "ufw default deny; ufw --force enable")]
    [InlineData("ufw-reject", Ufw + "ufw default reject; ufw --force enable")]
    [InlineData("ufw-allow", Ufw + "ufw default allow; ufw --force enable")]
    [InlineData("firewalld", Flush + "bus=$(dbus-daemon --system --fork --print-pid); firewalld --nofork & sleep 8; kill -9 $!; kill $bus")]
    public void Record(string name, string commands, string? input = null)
    {
        using var files = new MachineFiles();
        network.Run("sh", ["-c", commands], input);
        if (name == "iptables-legacy") files.With("proc/net/ip_tables_names", "filter\n").With("proc/net/ip6_tables_names", "filter\n");
        var answers = new Dictionary<string, List<byte[]>>();

        var said = network.Inside(() => new LinuxFirewall(files.Root, () => KernelRecording.Keeping(answers, new LinuxKernelRules()))
            .CollectAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()[0].Firewall);

        Assert.Empty(said.Unseen);
        new KernelRecording(answers).Save(Path.Combine(RepositoryRoot.Path, "tests/Sandbox.Tests/PacketFilter/Recorded", $"{name}.kernel.gz"));
    }
}
