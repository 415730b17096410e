using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>libzypp's list of what it brought in by itself: a name in each line. Which repository a package came from stands in a log only.</summary>
internal static class ZypperNotes
{
    /// <summary>Below the root folder.</summary>
    public const string Automatic = "var/lib/zypp/AutoInstalled";

    private const int MostBytes = 4 << 20;

    public static RpmNotes? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.Has(Automatic)) return null;
        if (!root.TryRead(Automatic, out var text, out var fault, MostBytes))
        {
            unseen.Add(fault);
            return null;
        }
        var notes = new RpmNotes { OthersWereAskedFor = true };
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.Trim() is { IsEmpty: false } name && name[0] != '#') notes.Note(name.ToString(), automatic: true);
        return notes;
    }
}
