using System.Globalization;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>One or two letters that stand for a person.</summary>
internal static class Initials
{
    public static string Of(string name)
    {
        // Words of pictures alone stand for nobody, and no letter is cut in half.
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word.Any(char.IsLetterOrDigit)).Select(word => StringInfo.GetNextTextElement(word)).ToList();
        return words.Count switch
        {
            0 => "?",
            1 => words[0].ToUpperInvariant(),
            _ => $"{words[0]}{words[^1]}".ToUpperInvariant(),
        };
    }
}
