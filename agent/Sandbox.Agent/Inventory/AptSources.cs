using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>Repositories of sources.list(5): one line each in <c>.list</c> files, stanzas in <c>.sources</c> files.</summary>
internal static class AptSources
{
    private const string Main = "etc/apt/sources.list";
    private const string Folder = "etc/apt/sources.list.d";

    public static IReadOnlyList<string> Watches { get; } = [Main, Folder];

    public static IEnumerable<Repository> Read(RootFolder root, ICollection<Unseen> unseen)
    {
        List<string> paths = root.Has(Main) ? [Main] : [];
        if (root.Has(Folder))
        {
            paths.AddRange(root.List(Folder, out var fault).Select(name => $"{Folder}/{name}"));
            if (fault is not null) unseen.Add(fault);
        }
        return paths.SelectMany(path => Of(root, path, unseen));
    }

    private static IEnumerable<Repository> Of(RootFolder root, string path, ICollection<Unseen> unseen)
    {
        var stanzas = path.EndsWith(".sources", StringComparison.Ordinal);
        if (!stanzas && path != Main && !path.EndsWith(".list", StringComparison.Ordinal)) return [];
        if (root.TryRead(path, out var text, out var fault))
            return stanzas ? AptStanzas.Parse(text, RootFolder.Shown(path)) : AptLines.Parse(text, RootFolder.Shown(path));
        unseen.Add(fault);
        return [];
    }
}
