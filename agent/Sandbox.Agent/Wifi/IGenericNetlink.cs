using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Wifi;

/// <summary>The kernel's answers by generic netlink, as bytes. A seam: tests answer with bytes built by linux/nl80211.h, since no machine of theirs has a radio.</summary>
internal interface IGenericNetlink
{
    /// <summary>Sends one request for a list and gives the datagrams of the answer, one after the other, for as long as they are asked for.</summary>
    /// <exception cref="KernelRefusal">The kernel gave no answer.</exception>
    IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request);
}
