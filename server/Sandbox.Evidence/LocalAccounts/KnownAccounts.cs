using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Evidence.LocalAccounts;

/// <summary>The accounts of a device by name, where it can be told which there are.</summary>
public static class KnownAccounts
{
    /// <summary>Their names. Null: some may be hidden, or a directory has others.</summary>
    public static IReadOnlyList<string>? Of(Accounts accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        return AccountAdded.IsWhole(accounts) && accounts.Directories.Count == 0 ? [.. accounts.Accounts_.Select(one => one.Name)] : null;
    }

    /// <summary>Names with those first that are most like what somebody wrote.</summary>
    public static IEnumerable<string> Nearest(string written, IEnumerable<string> names) => Nearness.Order(written, names);
}
