using System.Text;

namespace Sandbox.Agent.Inventory;

/// <summary>Words that thousands of packages share, such as architectures and origins, each kept as one string.</summary>
internal sealed class FewWords
{
    // What a file of nonsense has more of is not kept.
    private const int Most = 32;
    private readonly List<(byte[] Bytes, string Text)> _known = [];

    /// <summary>The word, bytes that are no UTF-8 replaced.</summary>
    public string Of(ReadOnlySpan<byte> word)
    {
        foreach (var (bytes, text) in _known)
            if (word.SequenceEqual(bytes)) return text;
        var made = Encoding.UTF8.GetString(word);
        if (_known.Count < Most) _known.Add((word.ToArray(), made));
        return made;
    }
}
