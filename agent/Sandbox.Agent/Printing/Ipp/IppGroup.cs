namespace Sandbox.Agent.Printing.Ipp;

/// <summary>Attributes of one thing: a printer, a job.</summary>
/// <param name="tag">What the thing is: RFC 8010 §3.5.1.</param>
internal sealed class IppGroup(byte tag)
{
    /// <summary>Kinds of groups.</summary>
    public const byte Operation = 0x01, Job = 0x02, End = 0x03, Printer = 0x04;

    private readonly Dictionary<string, List<IppValue>> _attributes = new(StringComparer.Ordinal);

    /// <summary>What the thing is.</summary>
    public byte Tag => tag;

    /// <summary>Takes one more value of an attribute.</summary>
    public void Add(string name, IppValue value)
    {
        if (!_attributes.TryGetValue(name, out var values)) _attributes[name] = values = [];
        values.Add(value);
    }

    /// <summary>The first value as a number. Null: not said, or no number.</summary>
    public int? Number(string name) => First(name)?.Number;

    /// <summary>The first value as a truth value. Null: not said, or none.</summary>
    public bool? Truth(string name) => First(name)?.Truth;

    /// <summary>The first value as a text. Null: not said, or no text.</summary>
    public string? Text(string name) => First(name)?.Text;

    /// <summary>All values that are texts.</summary>
    public IEnumerable<string> Texts(string name) => _attributes.TryGetValue(name, out var values) ? values.Select(value => value.Text).OfType<string>() : [];

    private IppValue? First(string name) => _attributes.TryGetValue(name, out var values) ? values[0] : null;
}
