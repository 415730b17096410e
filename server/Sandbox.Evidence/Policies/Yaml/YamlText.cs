using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Sandbox.Evidence.Policies.Yaml;

/// <summary>Loads a text that anybody may have written.</summary>
internal static class YamlText
{
    private const int MostCharacters = 1 << 18;

    // What loads the nodes calls itself for each level.
    private const int Deepest = 20;

    /// <summary>The one document's root. Null: there is none, which is noted.</summary>
    public static YamlNode? Root(string text, YamlFaults faults)
    {
        try
        {
            if (!IsBounded(text, faults)) return null;
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1) return stream.Documents[0].RootNode;
            faults.At(Mark.Empty, stream.Documents.Count == 0 ? "nothing is in here" : "more than one document is in here: `---` begins another");
        }
        catch (YamlException fault)
        {
            faults.At(fault.Start, $"this is no YAML: {fault.Message}");
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException)
        {
            // Thrown by YamlDotNet for some texts that are cut off in the middle, tags that are no address and characters that there are not, without a place.
            faults.At(Mark.Empty, "this is no YAML");
        }
        return null;
    }

    private static bool IsBounded(string text, YamlFaults faults)
    {
        if (text.Length > MostCharacters) return No(Mark.Empty, $"longer than {MostCharacters} characters");
        var depth = 0;
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest) return No(parser.Current.Start, $"nested more than {Deepest} deep");
            if (parser.Current is AnchorAlias) return No(parser.Current.Start, "aliases are not read here: write it again");
        }
        return true;

        bool No(Mark place, string why)
        {
            faults.At(place, why);
            return false;
        }
    }
}
