using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>An account and its home folder: passwd(5).</summary>
/// <param name="Account">Its name.</param>
/// <param name="Uid">Its number, as written.</param>
/// <param name="Folder">With a leading slash.</param>
/// <param name="LogsIn">Its shell is none that only turns people away.</param>
internal sealed record Home(string Account, string Uid, string Folder, bool LogsIn)
{
    public const string Source = "/etc/passwd";
    private const int MostAuthorizedFiles = 10;

    // Tens of thousands of accounts.
    private const int MostBytes = 16 << 20;

    /// <summary>Sorted by name; none when the file cannot be read, and then <paramref name="unseen"/> says why.</summary>
    public static IReadOnlyList<Home> Read(RootFolder root, out Protocol.Unseen? unseen)
    {
        if (!root.TryRead(Source, out var text, out unseen, MostBytes)) return [];
        var homes = new SortedDictionary<string, Home>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimEnd('\r').Split(':') is [{ Length: > 0 } name, _, var uid, _, _, ['/', ..] folder, var shell] && name[0] is not ('#' or '+' or '-'))
                homes.TryAdd(name, new Home(name, uid, folder, LogsIn: !TurnsAway(shell)));
        }

        return [.. homes.Values];
    }

    private static bool TurnsAway(string shell) =>
        shell.EndsWith("/nologin", StringComparison.Ordinal) || shell.EndsWith("/false", StringComparison.Ordinal);

    /// <summary>Where the account's keys lie.</summary>
    /// <param name="patterns">AuthorizedKeysFile as it is in force: separated by spaces, with <c>%h</c>, <c>%u</c>, <c>%U</c>, relative to the home.</param>
    public IEnumerable<string> KeyFiles(string patterns)
    {
        foreach (var pattern in patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostAuthorizedFiles))
        {
            if (pattern == "none") continue;
            var path = pattern.Replace("%%", "\0").Replace("%h", Folder).Replace("%u", Account).Replace("%U", Uid).Replace('\0', '%');
            yield return path.StartsWith('/') ? path : $"{Folder.TrimEnd('/')}/{path}";
        }
    }
}
