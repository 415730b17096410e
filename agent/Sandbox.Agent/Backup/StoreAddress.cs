using System.Text.RegularExpressions;

namespace Sandbox.Agent.Backup;

/// <summary>Where a backup goes, without what may be secret in it.</summary>
/// <param name="Shown">A path or an address.</param>
/// <param name="Path">Of this machine. Null: an address.</param>
/// <param name="Host">Null: a path, or an address that names none.</param>
/// <param name="IsOfProvider">Somebody else's servers keep it, whose names are not written.</param>
internal sealed partial record StoreAddress(string Shown, string? Path, string? Host, bool IsOfProvider = false)
{
    private const int Longest = 300;

    // Stands in place of what may be secret; what a job shows is read again for its store, so it is known again.
    private const string Withheld = "withheld";

    /// <summary>
    /// Whether another machine keeps it, for all that its address tells: one of this machine itself does not count, nor does a name that rclone's own settings
    /// explain, nor one that is withheld.
    /// </summary>
    /// <param name="own">Names of this machine.</param>
    public bool IsElsewhere(IReadOnlyCollection<string> own) => IsOfProvider
        || (Host is not null and not ("localhost" or "::1" or "[::1]") && !Host.StartsWith("127.", StringComparison.Ordinal) && !own.Contains(Host, StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Forms of restic (<c>sftp:elif@host:/x</c>, <c>rest:https://host/</c>, <c>s3:host/bucket</c>), borg and rsync (<c>elif@host:x</c>, <c>ssh://host/x</c>) and
    /// duplicity. Null: it depends on a variable, or is no place at all.
    /// </summary>
    public static StoreAddress? Of(string written)
    {
        var text = written.Trim().Trim('"', '\'');
        if (text.StartsWith("local:", StringComparison.Ordinal)) text = text["local:".Length..];
        if (text.StartsWith("file://", StringComparison.Ordinal)) text = text["file://".Length..];
        if (text.Length is 0 or > Longest || text.AsSpan().IndexOfAny("$`*") >= 0) return null;
        if (text[0] == '/') return new(text, Normal(text), null);
        if (text[0] is '.' or '-' or '~') return null;
        var parts = Address().Match(text);
        if (!parts.Success) return text.Contains(':', StringComparison.Ordinal) ? new(Withheld, null, null) : null;
        var (scheme, rest) = (parts.Groups["scheme"].Value, parts.Groups["rest"].Value);
        if (scheme.Length == 0 && !rest.Contains(':', StringComparison.Ordinal)) return null;
        // Whatever stands before the last @ may be a user with a password; rclone takes settings between colons and commas.
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        if (!Plain().IsMatch(rest) || rest.Contains(',', StringComparison.Ordinal) || rest.StartsWith(':')) return new(scheme + Withheld, null, null);
        if (scheme is "rclone:" or "b2:" or "gs:" or "azure:" or "swift:") return new(scheme + rest, null, null, IsOfProvider: scheme != "rclone:");
        return new(scheme + rest, null, rest != Withheld && HostPart().Match(rest) is { Success: true } found ? found.Value : null);
    }

    private static string Normal(string path) => path.Length > 1 ? path.TrimEnd('/') : path;

    // One or two schemes (rest:https://), or host:path.
    [GeneratedRegex(@"^(?<scheme>([a-z][a-z0-9+.-]{1,20}://|(sftp|rest|s3|b2|gs|azure|swift|rclone):([a-z0-9]{1,10}://)?)?)(?<rest>[^\s]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[A-Za-z0-9._:/\[\]~+%,-]+\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)")]
    private static partial Regex HostPart();
}
