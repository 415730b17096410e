namespace Sandbox.Agent.Collecting.Settings;

/// <summary>glob(3): the files that a path with patterns means, sorted; names that begin with a dot only where the pattern does, too.</summary>
internal static class PathPattern
{
    private const int Most = 500;

    /// <summary>Paths with a leading slash; none when nothing fits.</summary>
    public static List<string> Expand(RootFolder root, string path, UnseenNotes unseen)
    {
        List<string> found = [""];
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = Glob.IsPattern(part)
                ? [.. found.SelectMany(folder => Fitting(root, folder, part, unseen)).Take(Most)]
                : found.ConvertAll(folder => $"{folder}/{part}");
        }

        return found.FindAll(root.Has);
    }

    private static IEnumerable<string> Fitting(RootFolder root, string folder, string pattern, UnseenNotes unseen)
    {
        if (!Directory.Exists(root.Resolve(folder))) return [];
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        return names.Where(name => (name[0] != '.' || pattern[0] == '.') && Glob.Matches(pattern, name)).Select(name => $"{folder}/{name}");
    }
}
