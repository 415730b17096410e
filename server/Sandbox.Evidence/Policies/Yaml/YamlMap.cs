using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies.Yaml;

/// <summary>A mapping whose keys are asked for by name; those that nobody asked for are faults.</summary>
internal sealed class YamlMap
{
    private const int LongestShown = 40;
    private readonly YamlMappingNode _node;
    private readonly YamlFaults _faults;
    private readonly List<string> _asked = [];
    private readonly HashSet<string> _empty = [];

    private YamlMap(YamlMappingNode node, YamlFaults faults) => (_node, _faults) = (node, faults);

    /// <summary>Where it stands.</summary>
    public YamlNode Node => _node;

    /// <summary>The node as a mapping. Null: it is none, which is noted.</summary>
    public static YamlMap? Of(YamlNode node, string what, YamlFaults faults)
    {
        if (node is YamlMappingNode mapping)
        {
            // A tag would make the same word another key.
            foreach (var key in mapping.Children.Keys.Where(key => !key.Tag.IsEmpty)) faults.At(key, "a key has no tag here");
            return new YamlMap(mapping, faults);
        }
        faults.At(node, $"{what} must be a mapping of keys to values, and is {Kind(node)}");
        return null;
    }

    /// <summary>What stands behind a key. Null: the key is not there, or nothing stands behind it, which is noted: it could mean everybody, or nobody.</summary>
    public YamlNode? Find(string key)
    {
        if (!_asked.Contains(key)) _asked.Add(key);
        if (_node.Children.FirstOrDefault(child => child.Key is YamlScalarNode name && name.Value == key).Value is not { } value) return null;
        if (!IsNothing(value)) return value;
        if (_empty.Add(key)) _faults.At(value, $"nothing stands behind `{key}`: leave it out, or write something");
        return null;
    }

    /// <summary>A text. Null: none, which is noted where it must be there.</summary>
    public string? Text(string key, bool required = false)
    {
        if (Find(key) is { } node) return TextOf(node, $"`{key}`");
        if (required) Missing(key);
        return null;
    }

    /// <summary>A whole number within bounds. Null: none, which is noted where it must be there.</summary>
    public long? Number(string key, long least, long most, bool required = false)
    {
        if (Find(key) is not { } node)
        {
            if (required) Missing(key);
            return null;
        }
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: { } text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        _faults.At(node, $"`{key}` must be a whole number from {least} to {most}, and is {Shown(node)}");
        return null;
    }

    /// <summary>Yes or no. Null: not there.</summary>
    public bool? Switch(string key)
    {
        if (Find(key) is not { } node) return null;
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: "true" or "false" } scalar) return scalar.Value == "true";
        _faults.At(node, $"`{key}` must be true or false, and is {Shown(node)}");
        return null;
    }

    /// <summary>One of several words. Null: not there, or another, which is noted.</summary>
    public string? Word(string key, IReadOnlyList<string> known, bool required = false)
    {
        if (Text(key, required) is not { } word) return null;
        if (known.Contains(word)) return word;
        _faults.At(Find(key)!, $"`{key}` must be {string.Join(" or ", known)}, and is {Shown(Find(key)!)}");
        return null;
    }

    /// <summary>What stands in a list; a list that is not there is empty.</summary>
    public IReadOnlyList<YamlNode> List(string key)
    {
        if (Find(key) is not { } node) return [];
        if (node is YamlSequenceNode list) return [.. list.Children];
        _faults.At(node, $"`{key}` must be a list, and is {Kind(node)}");
        return [];
    }

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. List(key).Select(node => TextOf(node, $"an entry of `{key}`")).OfType<string>()];

    /// <summary>Notes a key that must be there and is not.</summary>
    public void Missing(string key)
    {
        if (!_empty.Contains(key)) _faults.At(_node, $"`{key}` is missing");
    }

    /// <summary>Notes every key that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in _node.Children.Keys.Where(key => key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name)))
            _faults.At(key, $"{Shown(key)} means nothing here; known: {string.Join(", ", _asked)}");
    }

    /// <summary>A node for people.</summary>
    public static string Shown(YamlNode node) => node is YamlScalarNode { Value: { } text }
        ? $"`{(text.Length > LongestShown ? text[..LongestShown] + "..." : text).ReplaceLineEndings(" ")}`"
        : Kind(node);

    private string? TextOf(YamlNode node, string what)
    {
        if (node is YamlScalarNode { Value.Length: > 0 } scalar) return scalar.Value;
        _faults.At(node, $"{what} must be a text, and is {Kind(node)}");
        return null;
    }

    private static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };

    private static string Kind(YamlNode node) => node switch { YamlMappingNode => "a mapping", YamlSequenceNode => "a list", YamlScalarNode { Value: null or "" } => "empty", _ => "a text" };
}
