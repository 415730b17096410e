using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory.Rpm;

/// <summary>
/// dnf 5's system state: lines such as <c>"bash.x86_64" = {reason = "User"}</c>, or a table of that name with the value below it. See dnf5-system-state(7).
/// </summary>
internal static class Dnf5Notes
{
    private const string Packages = "usr/lib/sysimage/libdnf5/packages.toml";
    private const string Versions = "usr/lib/sysimage/libdnf5/nevras.toml";
    private const int MostBytes = 4 << 20;
    private const int LongestId = 200;

    public static IReadOnlyList<string> Watches { get; } = [Packages, Versions];

    public static RpmNotes? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.Has(Packages)) return null;
        var notes = new RpmNotes();
        foreach (var (package, reason) in Values(root, Packages, "reason", unseen))
            if (Automatic(reason) is { } automatic) notes.Note(package, automatic);
        foreach (var (package, repository) in Values(root, Versions, "from_repo", unseen))
            if (ShortText.Of(repository, LongestId) is { } id) notes.Note(package, id);
        return notes;
    }

    // What a group brought stands in groups.toml alone, and is not known here.
    private static bool? Automatic(string reason) => reason switch
    {
        "Dependency" or "Weak Dependency" or "Clean" => true,
        "User" or "External User" or "Group" => false,
        _ => null,
    };

    private static IEnumerable<(string Key, string Value)> Values(RootFolder root, string path, string name, ICollection<Unseen> unseen)
    {
        if (root.TryRead(path, out var text, out var fault, MostBytes)) return Values(text, name);
        unseen.Add(fault);
        return [];
    }

    private static IEnumerable<(string Key, string Value)> Values(string text, string name)
    {
        var table = "";
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            // [packages."bash.x86_64"]
            if (line.StartsWith('['))
            {
                table = Quoted(line) ?? "";
                continue;
            }
            var at = line.IndexOf($"{name} = ", StringComparison.Ordinal) is >= 0 and var spaced ? spaced : line.IndexOf($"{name}=", StringComparison.Ordinal);
            if (at < 0 || Quoted(line[at..]) is not { } value) continue;
            var key = at == 0 ? table : Quoted(line[..at]) ?? Bare(line);
            if (key.Length > 0) yield return (key, value);
        }
    }

    private static string? Quoted(string text) => text.Split('"') is [_, { Length: > 0 } inside, _, ..] ? inside : null;

    private static string Bare(string line) => line[..Math.Max(0, line.IndexOf('='))].Trim();
}
