using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.RemoteAccess.Ssh;

/// <summary>Keys that open accounts of this device.</summary>
internal sealed class AccountKeys(RootFolder root, UnseenNotes unseen, CancellationToken ct)
{
    private const int MostAccounts = 200;
    private const int MostKeys = 50;

    /// <summary>Accounts with at least one key, sorted by name.</summary>
    /// <param name="patterns">AuthorizedKeysFile as it is in force.</param>
    public IReadOnlyList<AuthorizedKeys> Read(string patterns)
    {
        var homes = Home.Read(root, out var fault);
        if (fault is not null) unseen.Add(fault);
        var found = new List<AuthorizedKeys>();
        foreach (var home in homes)
        {
            ct.ThrowIfCancellationRequested();
            var keys = new AuthorizedKeys { Account = home.Account };
            foreach (var path in home.KeyFiles(patterns)) Add(keys, path);
            if (keys.Count > 0) found.Add(keys);
            if (found.Count < MostAccounts) continue;
            unseen.Add(Why.Of(Home.Source, $"keys of the first {MostAccounts} accounts that have any are listed"));
            break;
        }

        return found;
    }

    private void Add(AuthorizedKeys keys, string path)
    {
        if (!Readable(path)) return;
        if (!root.TryRead(path, out var text, out var fault))
        {
            unseen.Add(fault);
            return;
        }

        var number = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range);
            if (!AuthorizedKeyLine.Says(line)) continue;
            if (AuthorizedKeyLine.Parse(line) is not { } key) unseen.Add(Why.Of(path, $"line {number} is no key"));
            else if (++keys.Count <= MostKeys)
            {
                (key.Path, key.Line) = (path, number);
                keys.Keys.Add(key);
            }
        }
    }

    // A plain user cannot look into the home of another one: whether there is a key cannot be told.
    private bool Readable(string path)
    {
        if (root.Has(path)) return true;
        var folder = path[..path.LastIndexOf('/')];
        if (Environment.IsPrivilegedProcess || !root.Has(folder)) return false;
        root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return false;
    }
}
