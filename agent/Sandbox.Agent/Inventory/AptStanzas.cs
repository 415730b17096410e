using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The deb822 style of sources.list(5): every type with every address and every suite of a stanza is a repository.</summary>
internal static class AptStanzas
{
    private const int MostOfAStanza = 200;

    public static IEnumerable<Repository> Parse(string text, string path)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (number, begins, last) = (0u, 0u, "");
        foreach (var line in text.Split('\n').Append(""))
        {
            number++;
            if (line.StartsWith('#')) continue;
            if (string.IsNullOrWhiteSpace(line))
            {
                foreach (var repository in Of(fields, path, begins)) yield return repository;
                fields.Clear();
                last = "";
                continue;
            }
            if (fields.Count == 0) begins = number;
            last = Take(line, last, fields);
        }
    }

    // Returns the field that a continuation line would go on with.
    private static string Take(string line, string last, Dictionary<string, string> fields)
    {
        if (line[0] is ' ' or '\t')
        {
            if (last.Length > 0) fields[last] = $"{fields[last]} {line.Trim()}".TrimStart();
            return last;
        }
        var colon = line.IndexOf(':');
        if (colon <= 0) return "";
        fields[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        return line[..colon].Trim();
    }

    private static List<Repository> Of(Dictionary<string, string> fields, string path, uint line)
    {
        var (types, suites) = (Words(fields, "Types").Where(type => type is "deb" or "deb-src"), Words(fields, "Suites"));
        var all = from type in types from uri in Words(fields, "URIs") from suite in suites select (type, uri, suite);
        return [.. all.Take(MostOfAStanza).Select(one => Of(fields, one.type, one.uri, one.suite, path, line))];
    }

    private static Repository Of(Dictionary<string, string> fields, string type, string uri, string suite, string path, uint line)
    {
        var repository = new Repository
        {
            Type = type, Uri = RepositoryAddress.Of(uri), Suite = RepositoryAddress.Of(suite), Path = path, Line = line,
            Components = { Words(fields, "Components").Select(RepositoryAddress.Of) },
            Enabled = !fields.TryGetValue("Enabled", out var enabled) || AptSwitch.Of(enabled) != false,
        };
        if (fields.TryGetValue("Signed-By", out var key) && key.Length > 0)
            repository.SignedBy = key.StartsWith("-----BEGIN", StringComparison.Ordinal) ? "embedded" : string.Join(' ', key.Split(' ').Select(RepositoryAddress.Of));
        if (fields.TryGetValue("Trusted", out var trusted)) repository.UnsignedAccepted = AptSwitch.IsOn(trusted);
        return repository;
    }

    private static string[] Words(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
