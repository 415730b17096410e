using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Firewall;

/// <summary>The kernel's answers about its packet filter, as bytes. A seam: tests answer with what a kernel said once.</summary>
internal interface IKernelRules : IDisposable
{
    /// <summary>Sends one request of nf_tables and gives the datagrams of the answer, one after the other, for as long as they are asked for.</summary>
    /// <exception cref="KernelRefusal">The kernel has no such subsystem, or gave no answer.</exception>
    IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request);

    /// <summary>A table of iptables-legacy: struct ipt_getinfo, followed by its entries.</summary>
    /// <exception cref="KernelRefusal">It cannot be read.</exception>
    byte[] LegacyTable(bool ipv6, string name);
}
