namespace Sandbox.Agent.Shares.Samba;

/// <summary>A parameter of smb.conf(5) that is reported.</summary>
/// <param name="Name">As the manual writes it.</param>
/// <param name="IsOfShare">It holds for a share; in [global] it holds for the shares below that do not say otherwise.</param>
/// <param name="IsTruth">Its value is yes or no.</param>
/// <param name="Default">Of Samba 4.17. Null: none.</param>
internal sealed record SmbName(string Name, bool IsOfShare, bool IsTruth = false, string? Default = null)
{
    private static readonly SmbName[] All =
    [
        new("guest account", false, Default: "nobody"), new("map to guest", false, Default: "Never"), new("ntlm auth", false, Default: "ntlmv2-only"), new("restrict anonymous", false, Default: "0"), new("security", false, Default: "AUTO"),
        new("server max protocol", false, Default: "SMB3"), new("server min protocol", false, Default: "SMB2_02"), new("server role", false, Default: "auto"), new("server signing", false, Default: "default"),
        new("usershare allow guests", false, true, "No"), new("usershare max shares", false), new("usershare path", false, Default: "/var/lib/samba/usershares"), new("workgroup", false, Default: "WORKGROUP"),
        new("server smb encrypt", true, Default: "default"), new("available", true, true, "Yes"), new("browseable", true, true, "Yes"), new("comment", true), new("guest ok", true, true, "No"), new("guest only", true, true, "No"),
        new("hosts allow", true), new("hosts deny", true), new("invalid users", true), new("path", true), new("printable", true, true, "No"), new("read list", true), new("read only", true, true, "Yes"),
        new("valid users", true), new("write list", true),
    ];

    // Names of the manual that mean the same; those that mean the opposite turn yes into no.
    private static readonly (string Other, string Name, bool Opposite)[] Others =
    [
        ("writeable", "read only", true), ("writable", "read only", true), ("write ok", "read only", true), ("public", "guest ok", false), ("only guest", "guest only", false), ("browsable", "browseable", false), ("directory", "path", false),
        ("allow hosts", "hosts allow", false), ("deny hosts", "hosts deny", false), ("print ok", "printable", false), ("min protocol", "server min protocol", false), ("max protocol", "server max protocol", false),
        ("protocol", "server max protocol", false), ("smb encrypt", "server smb encrypt", false),
    ];

    private static readonly Dictionary<string, (SmbName Name, bool Opposite)> Known = Index();

    /// <summary>Those that hold for all shares together.</summary>
    public static IEnumerable<SmbName> Global => All.Where(name => !name.IsOfShare || name.Name is "server smb encrypt" or "hosts allow" or "hosts deny");

    /// <summary>Those that hold for one share.</summary>
    public static IEnumerable<SmbName> Share => All.Where(name => name.IsOfShare);

    /// <summary>Case and blanks do not matter. Null: it is not reported.</summary>
    public static (SmbName Name, bool Opposite)? Of(string written) => Known.TryGetValue(Squeezed(written), out var known) ? known : null;

    /// <summary>Whether a text means yes: set_boolean of Samba. Null: neither yes nor no, and Samba leaves it out.</summary>
    public static bool? Truth(string value) => value.ToLowerInvariant() switch { "yes" or "true" or "on" or "1" => true, "no" or "false" or "off" or "0" => false, _ => null };

    /// <summary>A name without blanks, in small letters.</summary>
    public static string Squeezed(string written) => string.Concat(written.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();

    private static Dictionary<string, (SmbName, bool)> Index()
    {
        var found = All.ToDictionary(name => Squeezed(name.Name), name => (name, false), StringComparer.Ordinal);
        foreach (var (other, name, opposite) in Others) found[Squeezed(other)] = (found[Squeezed(name)].name, opposite);
        return found;
    }
}
