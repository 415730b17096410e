using Sandbox.Agent.Collecting;

namespace Sandbox.Agent.Acts.Following;

/// <summary>Where logrotate(8) and auditd(8) put what a log held before: <c>auth.log.1</c>, <c>history.log.1.gz</c>, <c>auth.log-20261123</c>.</summary>
internal static class RotatedLogs
{
    private const int Most = 20;

    /// <summary>Paths of the files that were put away last, oldest first.</summary>
    public static IReadOnlyList<string> Of(RootFolder root, string path)
    {
        var at = root.Resolve(path);
        var (folder, name) = (Path.GetDirectoryName(at)!, Path.GetFileName(at));
        try
        {
            var found = new List<(string Path, (long, uint) Changed)>();
            foreach (var file in Directory.EnumerateFiles(folder, name + "*"))
            {
                var rest = Path.GetFileName(file.AsSpan())[name.Length..];
                if (rest.IsEmpty || rest[0] is not ('.' or '-') || FileState.Of(file) is not { IsRegular: true } state) continue;
                found.Add((file, state.Changed));
            }
            found.Sort((one, other) => one.Changed.CompareTo(other.Changed));
            return [.. found.TakeLast(Most).Select(file => file.Path)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
