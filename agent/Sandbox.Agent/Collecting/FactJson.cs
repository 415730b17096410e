using System.Text;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.Agent.Collecting;

/// <summary>Facts in protobuf's own JSON, for programs.</summary>
internal static class FactJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>One object with a property per fact, named and ordered as in <see cref="Fact"/>.</summary>
    public static string Of(IEnumerable<Fact> facts)
    {
        var text = new StringBuilder("{");
        foreach (var fact in facts.OrderBy(fact => fact.KindCase))
        {
            if (text.Length > 1) text.Append(',');
            var name = Fact.Descriptor.FindFieldByNumber((int)fact.KindCase).JsonName;
            text.Append(Environment.NewLine).Append("  \"").Append(name).Append("\": ");
            using var body = new StringWriter();
            Formatter.Format(FactContent.Of(fact), body, indentationLevel: 1);
            text.Append(body);
        }
        return text.Append(Environment.NewLine).Append('}').ToString();
    }
}
