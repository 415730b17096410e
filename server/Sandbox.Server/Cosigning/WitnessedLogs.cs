using System.Security.Cryptography;
using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Server.Cosigning;

/// <summary>The logs that are witnessed. Files are asked each time, so that commands take effect beside a running witness.</summary>
internal sealed class WitnessedLogs(WitnessFolder folder)
{
    private const int NameBytes = 8;

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<WitnessedLog> All => Directory.Exists(folder.Logs)
        ? [.. Directory.GetDirectories(folder.Logs).Select(path => new WitnessedLog(path)).OrderBy(log => log.Origin, StringComparer.Ordinal)]
        : [];

    /// <summary>The log of this name. Null: it is not witnessed.</summary>
    public WitnessedLog? Find(string origin) => Directory.Exists(PathOf(origin)) ? new WitnessedLog(PathOf(origin)) : null;

    /// <summary>Witnesses a log from now on, or counts another key of it. False: it was so already.</summary>
    public bool Watch(VerifierKey key) => new WitnessedLog(PathOf(key.Name)).Trust(key);

    /// <summary>Witnesses a log no more, and forgets what was cosigned. False: it was not witnessed.</summary>
    public bool Forget(string origin)
    {
        if (Find(origin) is null) return false;
        Directory.Delete(PathOf(origin), recursive: true);
        return true;
    }

    // Names hold slashes, and may hold what no file system takes.
    private string PathOf(string origin) => Path.Combine(folder.Logs, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)).AsSpan(0, NameBytes)));
}
