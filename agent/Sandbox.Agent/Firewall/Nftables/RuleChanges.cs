using Microsoft.Win32.SafeHandles;
using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall.Nftables;

/// <summary>Hears from the kernel whenever a rule, chain, table or set of nf_tables changes.</summary>
internal sealed class RuleChanges : NetlinkEar
{
    // A ruleset of thousands of rules is thousands of messages.
    private const int RestMilliseconds = 10;

    private RuleChanges(SafeFileHandle socket, Action wake)
        : base(socket, "firewall changes", 8 * 1024, RestMilliseconds, wake) => Start();

    /// <summary>Listens in the network namespace of the calling thread. Null: the kernel does not let it.</summary>
    public static RuleChanges? Listen(Action wake)
    {
        try
        {
            return new RuleChanges(NetfilterSocket.OpenForChanges(), wake);
        }
        catch (KernelRefusal)
        {
            return null;
        }
    }

    // What changed is read afresh anyway.
    protected override bool Take(ReadOnlySpan<byte> datagram) => true;

    protected override void Missed()
    {
    }
}
