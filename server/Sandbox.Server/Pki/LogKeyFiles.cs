using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Server.Pki;

/// <summary>
/// The files of the evidence log's keys in <c>pki/</c>. Secret ones hold a seed as base64 on one line, mode 0600: <c>log.key</c> signs;
/// <c>log-before.key</c> signs beside it while a key is being rolled; <c>log-next.key</c> does not sign yet. <c>log.retired</c> lists the verifier
/// keys of former times, one a line. Each step can be repeated after a crash.
/// </summary>
internal sealed class LogKeyFiles(ServerFolders folders)
{
    private string Old => Path.Combine(folders.Pki, "log-before.key");

    private string New => Path.Combine(folders.Pki, "log-next.key");

    private string Retired => Path.Combine(folders.Pki, "log.retired");

    /// <summary>Whether two keys sign.</summary>
    public bool IsRolling => File.Exists(Old);

    /// <summary>Whether a next key was made and is not in use yet.</summary>
    public bool HasNext => File.Exists(New);

    /// <summary>Reads the keys, or makes the first one when there is none yet: for a server that is set up or started, and for nobody who only looks.</summary>
    /// <exception cref="SetupException">A file is unreadable or damaged.</exception>
    public LogKeys LoadOrCreate(string origin)
    {
        if (!File.Exists(folders.LogKey)) Write(folders.LogKey, LogKey.NewSeed());
        return Load(origin);
    }

    /// <summary>Reads the keys.</summary>
    /// <exception cref="SetupException">There are none, or a file is unreadable or damaged.</exception>
    public LogKeys Load(string origin)
    {
        if (!File.Exists(folders.LogKey))
            throw new SetupException($"{folders.LogKey} is missing: the evidence log has no key here, and none was made. Put it back with: sandbox-server keys restore FILE");
        var newest = Read(folders.LogKey, origin);
        var signing = new List<LogKey> { newest };
        if (IsRolling)
        {
            var old = Read(Old, origin);
            // The same twice: a roll was interrupted before its new key came into use.
            if (old.Verifier.Id == newest.Verifier.Id) old.Dispose();
            else signing.Add(old);
        }
        return new LogKeys(signing, [.. RetiredLines().Select(Verifier).Where(key => key.Name == origin)]);
    }

    /// <summary>The next key; made now, unless an interrupted step has made it already.</summary>
    public LogKey NextKey(string origin)
    {
        if (!HasNext) Write(New, LogKey.NewSeed());
        return Read(New, origin);
    }

    /// <summary>From the next start on the next key signs, and beside it the present one.</summary>
    public void BeginRoll()
    {
        DurableFile.Write(Old, File.ReadAllBytes(folders.LogKey), DurableFile.Secret);
        UseNext();
    }

    /// <summary>The older of two keys signs no more; its secret is deleted.</summary>
    public void FinishRoll(VerifierKey old)
    {
        Retire(old);
        File.Delete(Old);
        FolderSync.Flush(folders.Pki);
    }

    /// <summary>From the next start on the next key signs alone.</summary>
    public void Replace(IEnumerable<VerifierKey> before)
    {
        foreach (var key in before) Retire(key);
        File.Delete(Old);
        UseNext();
    }

    private void UseNext()
    {
        File.Move(New, folders.LogKey, overwrite: true);
        FolderSync.Flush(folders.Pki);
    }

    private void Retire(VerifierKey key)
    {
        var lines = RetiredLines();
        if (!lines.Contains(key.ToString())) DurableFile.Write(Retired, Encoding.UTF8.GetBytes(string.Concat(lines.Append(key.ToString()).Select(line => line + "\n"))), DurableFile.Secret);
    }

    private string[] RetiredLines() => File.Exists(Retired) ? File.ReadAllLines(Retired) : [];

    private VerifierKey Verifier(string line)
    {
        try
        {
            return VerifierKey.Parse(line);
        }
        catch (FormatException fault)
        {
            throw new SetupException($"{Retired} is damaged: {fault.Message} Put it back from a backup.");
        }
    }

    private void Write(string path, byte[] seed)
    {
        DurableFile.MakeFolder(folders.Pki);
        DurableFile.Write(path, Encoding.ASCII.GetBytes(Convert.ToBase64String(seed) + "\n"), DurableFile.Secret);
    }

    private static LogKey Read(string path, string origin)
    {
        try
        {
            return LogKey.FromSeed(origin, Convert.FromBase64String(File.ReadAllText(path).Trim()));
        }
        catch (UnauthorizedAccessException)
        {
            throw new SetupException($"{path} cannot be read by the user {Environment.UserName}. Start the server as the user who owns it, or type: sudo chown {Environment.UserName} {path}");
        }
        catch (FormatException)
        {
            throw new SetupException($"{path} holds no key of an evidence log. Put it back from a backup.");
        }
    }
}
