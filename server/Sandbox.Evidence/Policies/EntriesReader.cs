using Sandbox.Evidence.Policies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies;

/// <summary>Reads a list of entries that is there for its own sake, such as a register: it names at least one, and each thing once.</summary>
internal static class EntriesReader
{
    /// <summary>The entries. Empty: something is wrong, which is noted.</summary>
    /// <param name="map">What holds the list.</param>
    /// <param name="key">Behind which key.</param>
    /// <param name="read">Reads one. Null: it is wrong, which is noted.</param>
    /// <param name="twice">What is wrong with an entry beside an earlier one. Null: nothing.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static IReadOnlyList<T> Read<T>(YamlMap map, string key, Func<YamlMap, T?> read, Func<T, T, string?> twice, YamlFaults faults)
        where T : class
    {
        var found = new List<T>();
        var nodes = map.List(key);
        foreach (var node in nodes)
        {
            if (YamlMap.Of(node, $"an entry of `{key}`", faults) is not { } entry || read(entry) is not { } one) continue;
            if (found.Select(earlier => twice(earlier, one)).FirstOrDefault(words => words is not null) is { } wrong) faults.At(node, wrong);
            found.Add(one);
        }
        if (found.Count > 0) return found;
        if (map.Find(key) is null) map.Missing(key);
        else if (nodes.Count == 0 && map.Find(key) is YamlSequenceNode list) faults.At(list, $"`{key}` must name at least one");
        return found;
    }
}
