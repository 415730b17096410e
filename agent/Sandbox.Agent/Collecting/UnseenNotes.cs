using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>What a collector could not see, noted in its fact: each thing once, and so few that a file full of nonsense stays a small fact.</summary>
internal sealed class UnseenNotes(RepeatedField<Unseen> unseen)
{
    private const int Most = 50;
    private int _more;

    /// <summary>Notes one thing.</summary>
    public void Add(Unseen note)
    {
        if (unseen.Contains(note)) return;
        if (unseen.Count < Most) unseen.Add(note);
        else _more++;
    }

    /// <summary>Says how many there were besides the first 50. Called once, at the end.</summary>
    public void Close()
    {
        if (_more > 0) unseen.Add(Why.Of(unseen[^1].What, $"{_more} more things could not be understood and are not listed"));
    }
}
