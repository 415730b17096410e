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

/// <summary>The kernel said no.</summary>
/// <param name="error">errno(3).</param>
internal sealed class KernelRefusal(int error) : IOException(Text(error))
{
    private const int NotPermitted = 1;
    private const int NoAccess = 13;
    private const int Invalid = 22;
    private const int NoProtocol = 93;
    private const int NotSupported = 95;
    private const int NoFamily = 97;

    /// <summary>CAP_NET_ADMIN is missing.</summary>
    public bool IsForLackOfRights => error is NotPermitted or NoAccess;

    /// <summary>What was asked for is not there, or not any more.</summary>
    public bool MeansGone => error == 2;

    /// <summary>This kernel was built without that part, so nothing can be in it.</summary>
    public bool MeansNotThere => error is Invalid or NoProtocol or NotSupported or NoFamily;

    private static string Text(int error) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error);
}
