using System.Globalization;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Attribution;

/// <summary>Which security identifiers of Windows are nobody's. Source: "Well-known SIDs" and "Security identifiers" of Microsoft's documentation.</summary>
public static class WindowsItself
{
    /// <summary>Accounts that somebody made have numbers from this one on; those below came with Windows or with a domain.</summary>
    private const uint FirstOwnNumber = 1000;

    /// <summary>What of Windows acted, for people: <c>LocalSystem (S-1-5-18)</c>. Null: it can have been a person, or it was not Windows.</summary>
    public static string? Of(Actor? actor) => actor switch
    {
        { HasSid: true, Sid: var sid } when Of(sid) is { } what => $"{what} ({sid})",
        // A machine's account in a domain: what runs as LocalSystem there is seen under it elsewhere.
        { HasSid: true, HasOsName: true, OsName: var name } when name.EndsWith('$') => $"the machine's own account {name}",
        _ => null,
    };

    /// <summary>What of Windows a SID is. Null: it can be somebody's account.</summary>
    public static string? Of(string sid)
    {
        ArgumentNullException.ThrowIfNull(sid);
        return sid switch
        {
            "S-1-5-7" => "whoever did not sign in",
            "S-1-5-18" => "LocalSystem",
            "S-1-5-19" => "LocalService",
            "S-1-5-20" => "NetworkService",
            _ when Is(sid, "S-1-5-80-") => "a service",
            _ when Is(sid, "S-1-5-82-") => "an application pool of IIS",
            _ when Is(sid, "S-1-5-90-") => "the window manager",
            _ when Is(sid, "S-1-5-96-") => "the font driver host",
            // Of Entra ID.
            _ when Is(sid, "S-1-12-1-") => null,
            _ when Is(sid, "S-1-5-21-") => Number(sid) >= FirstOwnNumber ? null : "an account or group that came with Windows",
            _ => "an identity of Windows itself",
        };
    }

    private static bool Is(string sid, string prefix) => sid.StartsWith(prefix, StringComparison.Ordinal);

    private static uint Number(string sid) => uint.TryParse(sid.AsSpan(sid.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
