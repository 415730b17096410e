namespace Sandbox.Agent.Inventory;

/// <summary>Addresses without what may be secret in them.</summary>
internal static class RepositoryAddress
{
    private const string Mark = "://";
    private const int LongestPort = 5;

    /// <summary>
    /// The address without user, password, query and fragment. When an unescaped slash in a password makes it unclear where that ends,
    /// nothing but the scheme is left.
    /// </summary>
    public static string Of(string written)
    {
        var scheme = written.IndexOf(Mark, StringComparison.Ordinal);
        if (scheme < 0) return written.Contains('@') ? "withheld" : written;
        var start = scheme + Mark.Length;
        var rest = written[start..];
        var end = rest.IndexOf('/');
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');
        var path = end < 0 ? "" : rest[end..];
        if (path.Contains('@') || authority.AsSpan(at + 1).ContainsAny('?', '#') || !IsHost(authority.AsSpan(at + 1))) return $"{written[..start]}withheld";
        return written[..start] + authority[(at + 1)..] + WithoutQuery(path);
    }

    // A colon behind which no port stands may be that of a password whose end is damaged.
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        var number = host is ['[', ..] ? host.IndexOf(']') + 1 : 0;
        var colon = host[number..].IndexOf(':');
        if (colon < 0) return true;
        var port = host[(number + colon + 1)..];
        return port.Length <= LongestPort && !port.ContainsAnyExceptInRange('0', '9');
    }

    private static string WithoutQuery(string path)
    {
        var end = path.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? path : path[..end];
    }
}
