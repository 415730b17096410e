using Sandbox.Ledger;

namespace Sandbox.Server.Live;

/// <summary>The newest checkpoint with the cosignatures that it has got so far: what strangers are given. A cosignature of another checkpoint is never among them.</summary>
internal sealed class CosignedCheckpoint(NewestCheckpoint newest)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, NoteSignature> _lines = [];
    private string _text = "";

    /// <summary>The checkpoint. Null: none was published yet.</summary>
    public PublishedCheckpoint? Current
    {
        get
        {
            lock (_lock)
            {
                if (newest.Current is not { } current || _lines.Count == 0) return newest.Current;
                var note = SignedNote.Parse(current.Note);
                return note.Text == _text ? current with { Note = note.With(_lines.Values).ToBytes() } : current;
            }
        }
    }

    /// <summary>Adds a witness's valid cosignature; one of a checkpoint that is not the newest any more is left out.</summary>
    /// <param name="text">The checkpoint that it is of.</param>
    /// <param name="line">The cosignature.</param>
    public void Add(string text, NoteSignature line)
    {
        lock (_lock)
        {
            if (newest.Current is not { } current || SignedNote.Parse(current.Note).Text != text) return;
            if (_text != text) _lines.Clear();
            _text = text;
            _lines[line.Name] = line;
        }
    }
}
