using System.Text.RegularExpressions;
using Sandbox.Protocol;
using State = Sandbox.Protocol.RaidArray.Types.State;

namespace Sandbox.Agent.Storage;

/// <summary>/proc/mdstat, as md(4) and the kernel's drivers/md/md.c (md_seq_show) write it.</summary>
internal static partial class RaidText
{
    private const int Most = 100;

    /// <summary>Its arrays, sorted by name.</summary>
    public static IEnumerable<RaidArray> Parse(string text)
    {
        var arrays = new List<RaidArray>();
        foreach (var line in text.Split('\n'))
        {
            if (Head().Match(line) is { Success: true } head) arrays.Add(Array(head));
            else if (arrays.Count > 0 && line.StartsWith(' ')) More(arrays[^1], line);
            else if (!line.StartsWith(' ') && arrays.Count >= Most) break;
        }
        return arrays.OrderBy(array => array.Name, StringComparer.Ordinal).Take(Most);
    }

    // md0 : active raid1 sdb1[1] sda1[0](F)
    private static RaidArray Array(Match head)
    {
        var array = new RaidArray { Name = head.Groups["name"].Value, State = head.Groups["active"].Value == "active" ? State.Whole : State.Inactive };
        var words = head.Groups["rest"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.FirstOrDefault(word => word[0] != '(' && !word.Contains('[', StringComparison.Ordinal)) is { } level && array.State != State.Inactive) array.Level = level;
        array.Members.AddRange(words.Select(word => Member().Match(word)).Where(match => match.Success).Select(Named).Order(StringComparer.Ordinal).Take(Most));
        return array;
    }

    private static string Named(Match member) => member.Groups["name"].Value + member.Groups["mark"].Value switch
    {
        "(F)" => " (faulty)", "(S)" => " (spare)", "(R)" => " (replacement)", "(J)" => " (journal)", _ => "",
    };

    // 1953382464 blocks super 1.2 [2/1] [U_], then: [=>...]  recovery = 12.6% (...) finish=...
    private static void More(RaidArray array, string line)
    {
        if (Count().Match(line) is { Success: true } count && uint.TryParse(count.Groups["all"].Value, out var all) && uint.TryParse(count.Groups["up"].Value, out var up))
        {
            (array.Devices, array.Working) = (all, up);
            if (array.State == State.Whole && up < all) array.State = State.Degraded;
        }
        if (Action().Match(line) is { Success: true } action) array.Action = action.Groups["name"].Value;
    }

    [GeneratedRegex(@"^(?<name>md\S{0,60}) : (?<active>active|inactive)(?<rest>.{0,8000})", RegexOptions.ExplicitCapture)]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?<name>[^\[\s]{1,60})\[\d+\](?<mark>\([A-Z]\))?", RegexOptions.ExplicitCapture)]
    private static partial Regex Member();

    [GeneratedRegex(@"\[(?<all>\d{1,5})/(?<up>\d{1,5})\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Count();

    [GeneratedRegex(@"\b(?<name>recovery|resync|reshape|check|repair)\s*=", RegexOptions.ExplicitCapture)]
    private static partial Regex Action();
}
