namespace Sandbox.Agent.Collecting;

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

    /// <summary>A capability is missing: CAP_NET_ADMIN for netfilter, CAP_AUDIT_READ and CAP_AUDIT_CONTROL for audit.</summary>
    public bool IsForLackOfRights => error is NotPermitted or NoAccess;

    /// <summary>What was asked for is not there, or not any more.</summary>
    public bool MeansGone => error == 2;

    /// <summary>This kernel was built without that part, so nothing can be in it.</summary>
    public bool MeansNotThere => error is Invalid or NoProtocol or NotSupported or NoFamily;

    private static string Text(int error) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error);
}
