using System.Text.RegularExpressions;
using Sandbox.Protocol;

namespace Sandbox.Agent.Acts.Apt;

/// <summary>The packages of a stanza: <c>nmap:amd64 (7.93, automatic), vim:amd64 (9.0, 9.1)</c>.</summary>
internal static partial class AptPackages
{
    private const int Most = 50;

    /// <summary>Adds them, those asked for first.</summary>
    public static void Add(AdminAct act, IEnumerable<(string Word, string List)> changes)
    {
        var all = new List<ActObject>();
        foreach (var (word, list) in changes)
            foreach (Match match in Package().Matches(list)) all.Add(Of(word, match));
        all.Sort((one, other) => one.Automatic.CompareTo(other.Automatic) is not 0 and var order ? order : string.CompareOrdinal(one.Id, other.Id));
        act.Objects.AddRange(all.Take(Most));
        act.MoreObjects = (uint)Math.Max(0, all.Count - Most);
    }

    private static ActObject Of(string word, Match match)
    {
        var name = match.Groups["name"].Value;
        return new ActObject
        {
            Kind = "package",
            Id = $"{name}:{match.Groups["arch"].Value}",
            Name = name,
            Detail = word,
            Automatic = match.Groups["versions"].Value.EndsWith(", automatic", StringComparison.Ordinal),
        };
    }

    [GeneratedRegex(@"(?<name>[a-z0-9][a-z0-9+.-]{0,127}):(?<arch>[a-z0-9-]{1,20}) \((?<versions>[^)]{0,200})\)")]
    private static partial Regex Package();
}
