using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Accounts;

/// <summary>
/// One of the files of accounts, as it was when it was looked at: whose number it was then is told only where it is certain. The tools of shadow hold a
/// lock from before their record until after it, keep what the file held (<c>passwd-</c>), and put the new file in its place by renaming. Used from any thread.
/// </summary>
/// <param name="root">Below which it lies.</param>
/// <param name="path">Where.</param>
/// <param name="isNamed">What is in it is read; else only when it changed.</param>
/// <param name="time">The device's clock.</param>
internal sealed class AccountFile(RootFolder root, string path, bool isNamed, TimeProvider time)
{
    private const int Most = 8;

    // Records have the time of the kernel's last tick: of what the file says within one, nothing is known of before and after.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    // No number is given back and given to another within it: that takes three programs that each write the file.
    private static readonly TimeSpan OneProgram = TimeSpan.FromMilliseconds(8);

    private static readonly TimeSpan TwoLooks = TimeSpan.FromMinutes(1);

    // utime(2) keeps the time of what was put away without fractions.
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly List<AccountVersion> _versions = [];

    /// <summary>Looks whether it changed.</summary>
    public void Look()
    {
        lock (_gate)
        {
            for (var tries = 0; tries < 3; tries++)
            {
                var now = time.GetUtcNow();
                if (FileState.Of(root.Resolve(path)) is not { IsRegular: true } state)
                {
                    _versions.Clear();
                    return;
                }
                if (_versions is [.., var last] && last.State == state)
                {
                    last.Until = now;
                    return;
                }
                var version = AccountVersion.Read(root, path, state, isNamed);
                if (FileState.Of(root.Resolve(path)) != state) continue;
                version.Until = now;
                _versions.Add(version);
                if (_versions.Count > Most) _versions.RemoveAt(0);
                return;
            }
        }
    }

    /// <summary>The name that the number had at that moment. Null: nobody's, or it cannot be told.</summary>
    public string? Then(uint id, DateTimeOffset at)
    {
        lock (_gate) return _versions.Find(version => version.Since < at && at <= version.Until) is { } known ? known.Names.Of(id) : First(at)?.Before?.Of(id);
    }

    /// <summary>
    /// The same of somebody who had logged in by then: who has the number before and after a moment had it meanwhile, since nobody comes, logs in and goes
    /// between two looks. Null: it cannot be told.
    /// </summary>
    public string? Person(uint id, DateTimeOffset at)
    {
        if (Then(id, at) is { } name) return name;
        lock (_gate)
        {
            var (before, after) = (_versions.FindLast(version => version.Since < at), _versions.Find(version => version.Since >= at));
            return before is not null && after is not null && after.Since - before.Until < TwoLooks && before.Names.Of(id) == after.Names.Of(id) ? after.Names.Of(id) : null;
        }
    }

    /// <summary>The name that the number got by the first change after a record that told of it beforehand. Null: it cannot be told.</summary>
    public string? After(uint id, DateTimeOffset at)
    {
        lock (_gate) return First(at) is { } first && !first.Before!.Has(id) ? first.Names.Of(id) : null;
    }

    /// <summary>The name that the number lost by the last change before a record that told of it afterwards. Null: it cannot be told.</summary>
    public string? Before(uint id, DateTimeOffset at)
    {
        lock (_gate)
        {
            var last = _versions.FindLast(version => version.Since <= at + Tick);
            return last is { Before: not null } && last.Until >= at && last.Since >= at - Near && !last.Names.Has(id) ? last.Before.Of(id) : null;
        }
    }

    /// <summary>The groups that somebody came into, or left, by the change that a record told of beforehand. Empty: it cannot be told.</summary>
    public IReadOnlyList<string> Groups(string member, bool joined, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (First(at) is not { } first) return [];
            var (before, after) = (first.Before!.GroupsOf(member), first.Names.GroupsOf(member));
            return [.. (joined ? after.Except(before) : before.Except(after)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether it changed in that time. Null: it cannot be told, or there is no such file.</summary>
    public bool? Changed(DateTimeOffset from, DateTimeOffset to)
    {
        lock (_gate)
        {
            if (_versions.Exists(version => Lies(version.Since) || (version.Replaced is { } before && Lies(before)))) return true;
            return _versions.Exists(version => version.Since < from && version.Until >= to) ? false : null;
        }

        bool Lies(DateTimeOffset at) => at >= from && at <= to;
    }

    /// <summary>It is there.</summary>
    public bool IsThere
    {
        get { lock (_gate) return _versions.Count > 0; }
    }

    // The first change after that moment. Null: it was not seen, or others may have come before it.
    private AccountVersion? First(DateTimeOffset at) =>
        _versions.Find(version => version.Since >= at) is { Before: not null } first && (first.Replaced + Second <= at || first.Since - at < OneProgram) ? first : null;
}
