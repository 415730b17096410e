namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>Whether the address of a queue is one at which a printer can be.</summary>
internal static class PrinterAddress
{
    private static readonly string[] OverTheNetwork = ["ipp", "ipps", "socket", "lpd"];

    // Every address of this machine, and IPv4 addresses in the dress of IPv6.
    private static readonly string[] NoOthers = ["0.0.0.0", "::", "::1"];

    /// <summary>A device at USB, or another machine. False as well where it cannot be told.</summary>
    /// <param name="address">As CUPS has it: <c>socket://192.0.2.7</c>.</param>
    /// <param name="facts">What the device says of its own names and addresses.</param>
    public static bool IsPrinter(string address, DeviceFacts facts)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) return false;
        if (uri.Scheme == "usb") return uri.Host.Length > 0;
        return OverTheNetwork.Contains(uri.Scheme) && uri.Host.Length > 0 && !IsOwn(uri, uri.Host.Trim('[', ']'), facts);
    }

    /// <summary>What stands behind an address, however it is written: the other machine's name or address, and of a device at USB its own.</summary>
    public static string Printer(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && OverTheNetwork.Contains(uri.Scheme) && uri.Host.Length > 0 ? uri.Host.TrimEnd('.').ToLowerInvariant() : address;

    private static bool IsOwn(Uri uri, string host, DeviceFacts facts)
    {
        if (uri.IsLoopback || host.Contains("localhost", StringComparison.OrdinalIgnoreCase) || host.Contains("loopback", StringComparison.OrdinalIgnoreCase)) return true;
        // 127.1 and 2130706433 are addresses as well, and no printer's.
        if (char.IsAsciiDigit(host[0]) && host.All(one => char.IsAsciiHexDigit(one) || one is '.' or 'x')) return uri.HostNameType != UriHostNameType.IPv4 || host.StartsWith("127.", StringComparison.Ordinal) || IsSaid(host, facts);
        if (uri.HostNameType == UriHostNameType.IPv6) return host.Contains('.', StringComparison.Ordinal) || host.StartsWith("::ffff:", StringComparison.Ordinal) || IsSaid(host, facts);
        return OwnNames.IsName(host, facts);
    }

    private static bool IsSaid(string address, DeviceFacts facts) => NoOthers.Contains(address) || OwnNames.Addresses(facts).Contains(address);
}
