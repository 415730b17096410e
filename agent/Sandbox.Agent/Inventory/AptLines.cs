using Sandbox.Protocol;

namespace Sandbox.Agent.Inventory;

/// <summary>The one-line style of sources.list(5): <c>deb [ option=value ... ] uri suite [component ...]</c>.</summary>
internal static class AptLines
{
    public static IEnumerable<Repository> Parse(string text, string path)
    {
        var number = 0u;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (Of(line) is not { } repository) continue;
            (repository.Path, repository.Line) = (path, number);
            yield return repository;
        }
    }

    private static Repository? Of(string line)
    {
        var comment = line.IndexOf('#');
        var words = Words(comment < 0 ? line : line[..comment]);
        if (words is not ["deb" or "deb-src", _, ..]) return null;
        var options = words[1].StartsWith('[') ? words[1].Trim('[', ']') : null;
        if (words[(options is null ? 1 : 2)..] is not [var uri, var suite, .. var components]) return null;
        // Where a bracket is missing the address stands one word further on.
        var repository = new Repository
        {
            Type = words[0], Uri = RepositoryAddress.Of(uri), Suite = RepositoryAddress.Of(suite), Enabled = true, Components = { components.Select(RepositoryAddress.Of) },
        };
        foreach (var option in (options ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) Apply(option, repository);
        return repository;
    }

    private static void Apply(string option, Repository repository)
    {
        var equals = option.IndexOf('=');
        if (equals < 0) return;
        var value = option[(equals + 1)..];
        switch (option[..equals].TrimEnd('+', '-').ToLowerInvariant())
        {
            case "signed-by": repository.SignedBy = RepositoryAddress.Of(value); break;
            case "trusted": repository.UnsignedAccepted = AptSwitch.IsOn(value); break;
        }
    }

    // Brackets hold white space together: options, and cdrom:[Debian 12]/.
    private static string[] Words(string line)
    {
        var words = new List<string>();
        var (start, depth) = (-1, 0);
        for (var i = 0; i <= line.Length; i++)
        {
            var ends = i == line.Length || (depth == 0 && char.IsWhiteSpace(line[i]));
            if (ends && start >= 0) words.Add(line[start..i]);
            if (ends) start = -1;
            else if (start < 0) start = i;
            if (i < line.Length && line[i] == '[') depth++;
            else if (i < line.Length && line[i] == ']') depth = Math.Max(0, depth - 1);
        }
        return [.. words];
    }
}
