namespace Sandbox.Agent.Backup;

/// <summary>A command that makes a backup: what it saves, and where to. Only paths and the address are taken from it; all else may be secret.</summary>
/// <param name="Program">restic, borg, rsync and so on.</param>
/// <param name="Covers">Paths that it saves.</param>
/// <param name="Store">Null: not written there.</param>
internal sealed record BackupCommand(string Program, IReadOnlyList<string> Covers, string? Store)
{
    private const int MostPaths = 50;

    // Options with a value behind a blank, of the manual pages of Debian 12. Where one is missing, its value may pass for a path.
    private static readonly Dictionary<string, HashSet<string>> WithValue = new(StringComparer.Ordinal)
    {
        ["restic"] =
        [
            "-r", "--repo", "--repository-file", "-p", "--password-file", "--password-command", "--cache-dir", "--cacert", "--tls-client-cert", "-o", "--option", "--limit-upload", "--limit-download", "--key-hint", "--compression",
            "-e", "--exclude", "--exclude-file", "--iexclude", "--iexclude-file", "--exclude-if-present", "--exclude-larger-than", "--files-from", "--files-from-raw", "--files-from-verbatim", "--tag", "-H", "--host", "--parent", "--time", "--pack-size",
        ],
        ["borg"] =
        [
            "-C", "--compression", "-e", "--exclude", "--exclude-from", "--exclude-if-present", "--pattern", "--patterns-from", "--comment", "--timestamp", "-c", "--checkpoint-interval", "--chunker-params", "--files-cache", "--remote-path", "--rsh",
            "--lock-wait", "--umask", "--remote-ratelimit", "--upload-ratelimit", "--paths-from-command", "--stdin-name", "--filter", "--debug-topic",
        ],
        ["rsync"] =
        [
            "-e", "--rsh", "-f", "--filter", "--exclude", "--exclude-from", "--include", "--include-from", "--files-from", "--bwlimit", "--log-file", "--link-dest", "--compare-dest", "--copy-dest", "--backup-dir", "--suffix", "--partial-dir",
            "-T", "--temp-dir", "--password-file", "--port", "-B", "-M", "--remote-option", "--max-size", "--min-size", "--timeout", "--chmod", "--chown", "--rsync-path",
        ],
        ["duplicity"] =
        [
            "--encrypt-key", "--sign-key", "--encrypt-sign-key", "--full-if-older-than", "--archive-dir", "--name", "--exclude", "--include", "--exclude-filelist", "--include-filelist", "--tempdir", "--volsize", "--gpg-options", "--ssh-options",
            "--rsync-options", "--verbosity", "-v", "--num-retries", "--time-separator",
        ],
    };

    /// <summary>What a command does. Null: it makes no backup that is known here.</summary>
    public static BackupCommand? Of(IReadOnlyList<string> words)
    {
        var at = 0;
        // NAME=value, nice -n 19, systemd's own marks before a program.
        while (at < words.Count && Name(words[at]) is not ("restic" or "borg" or "rsync" or "duplicity" or "rsnapshot" or "timeshift" or "borgmatic" or "backupninja")) at++;
        if (at == words.Count || at > 12) return null;
        var (program, rest) = (Name(words[at]), Positionals(words.Skip(at + 1), WithValue.GetValueOrDefault(Name(words[at]), []), out var repository));
        return program switch
        {
            "restic" when rest is ["backup", .. var paths] => new(program, Paths(paths), repository),
            "borg" when rest is ["create", var archive, .. var paths] => new(program, Paths(paths), Repository(archive)),
            "rsync" when rest is [_, _, ..] => new(program, Paths(rest.Take(rest.Count - 1)), rest[^1]),
            "duplicity" when rest is [("full" or "incr" or "incremental" or "backup"), var path, var target] => new(program, Paths([path]), target),
            "duplicity" when rest is [['/', ..] path, var target] => new(program, Paths([path]), target),
            "rsnapshot" when rest is [var level] && level is not "configtest" => new(program, [], null),
            "timeshift" when words.Contains("--create") || words.Contains("--check") => new(program, [], null),
            "borgmatic" when rest is [] or ["create", ..] => new(program, [], null),
            "backupninja" => new(program, [], null),
            _ => null,
        };
    }

    private static string Name(string word)
    {
        var program = word.TrimStart('-', '@', '+', '!', ':');
        return program[(program.LastIndexOf('/') + 1)..];
    }

    private static List<string> Positionals(IEnumerable<string> words, HashSet<string> withValue, out string? repository)
    {
        repository = null;
        var found = new List<string>();
        string? option = null;
        foreach (var word in words)
        {
            if (option is not null)
            {
                if (option is "-r" or "--repo") repository = word;
                option = null;
            }
            else if (word.StartsWith("--repo=", StringComparison.Ordinal)) repository = word["--repo=".Length..];
            else if (word is ['-', 'r', '/', ..]) repository = word[2..];
            else if (withValue.Contains(word)) option = word;
            else if (word is not ['-', ..]) found.Add(word);
        }
        return found;
    }

    // REPO::ARCHIVE; only ::ARCHIVE means BORG_REPO.
    private static string? Repository(string archive) => archive.IndexOf("::", StringComparison.Ordinal) is > 0 and var end ? archive[..end] : null;

    private static IReadOnlyList<string> Paths(IEnumerable<string> words) =>
        [.. words.Where(word => word is ['/', ..] && word.Length < 300 && word.AsSpan().IndexOfAny("$`@") < 0 && !word.Any(char.IsControl)).Take(MostPaths)];
}
