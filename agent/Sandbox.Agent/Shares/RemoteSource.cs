using System.Text.RegularExpressions;

namespace Sandbox.Agent.Shares;

/// <summary>Where a mounted folder of another machine comes from, without user, password and query.</summary>
internal static partial class RemoteSource
{
    private const string Withheld = "withheld";
    private const int Longest = 300;

    /// <summary>
    /// <c>//server/share</c>, <c>server:/export</c>, <c>elif@host:/home</c>, <c>https://cloud/dav</c>. A user stands before the host's name; an <c>@</c> behind the first slash
    /// may still belong to a password, but for NFS, which has none.
    /// </summary>
    public static string Shown(string source, string type)
    {
        if (source.Length is 0 or > Longest) return Withheld;
        if (type is "nfs" or "nfs4" && !source.Contains("//", StringComparison.Ordinal)) return source;
        var parts = Parts().Match(source);
        var (begin, host, path) = (parts.Groups["begin"].Value, parts.Groups["host"].Value, parts.Groups["path"].Value);
        if (path.Contains('@', StringComparison.Ordinal)) return Withheld;
        host = host[(host.LastIndexOf('@') + 1)..];
        if (begin.EndsWith('/') && !WithPort().IsMatch(host)) return Withheld;
        var query = path.AsSpan().IndexOfAny('?', '#');
        return begin + host + (query < 0 ? path : path[..query]);
    }

    [GeneratedRegex(@"^(?<begin>sshfs#|([a-z0-9+.-]{1,20}:)?//)?(?<host>[^/]*)(?<path>.*)\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Parts();

    // Behind a colon that no port follows a password may stand.
    [GeneratedRegex(@"^(\[[^\]]*\]|[^:?#]*)(:[0-9]{0,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WithPort();
}
