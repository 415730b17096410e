using System.Text.RegularExpressions;

namespace Sandbox.Agent.Printing;

/// <summary>Where a queue leads to, without what may be secret in it.</summary>
internal static partial class DeviceAddress
{
    private const int Longest = 300;
    private const string Withheld = "withheld";

    /// <summary>
    /// Whatever stands before the last <c>@</c> may be a user with a password, and passwords may hold every character: where it cannot be told what belongs to one, only the
    /// scheme is left. Of a query, what tells one device from another is kept.
    /// </summary>
    public static string Shown(string address)
    {
        var parts = Parts().Match(address);
        if (address.Length > Longest || !parts.Success) return Withheld;
        var (scheme, rest, tail) = (parts.Groups["scheme"].Value, parts.Groups["rest"].Value, parts.Groups["tail"].Value);
        if (tail.Contains('@', StringComparison.Ordinal)) return $"{scheme}:{Withheld}";
        var (slashes, place) = rest.StartsWith("//", StringComparison.Ordinal) ? ("//", rest[2..]) : ("", rest);
        // A wrapper such as beh:/1/3/5/ipp://elif:secret@host is shortened to what comes last, too.
        place = place[(place.LastIndexOf('@') + 1)..];
        if (!Plain().IsMatch(place) || (slashes.Length > 0 && !Host().IsMatch(place))) return $"{scheme}:{Withheld}";
        var kept = string.Join('&', tail.TrimStart('?').Split('&').Where(pair => Telling().IsMatch(pair)));
        return $"{scheme}:{slashes}{place}{(kept.Length > 0 && tail.StartsWith('?') ? "?" : "")}{(tail.StartsWith('?') ? kept : "")}";
    }

    [GeneratedRegex(@"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,30}):(?<rest>[^?#]*)(?<tail>.*)\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^[A-Za-z0-9._:/\[\]~%+,()-]*\z")]
    private static partial Regex Plain();

    // A name or an address, then a port at most: behind a colon that is followed by something else a password may stand. USB and DNS-SD have makers and names there.
    [GeneratedRegex(@"^(\[[0-9A-Fa-f:.%a-z]*\]|[^:/\[\]]*)(:[0-9]{1,5})?(/.*)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex(@"^(serial|uuid|interface|ip)=[A-Za-z0-9.:_-]{1,64}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Telling();
}
