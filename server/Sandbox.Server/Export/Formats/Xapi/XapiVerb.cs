using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Xapi;

/// <summary>Verbs of the ADL registry.</summary>
internal static class XapiVerb
{
    /// <summary>A verb.</summary>
    /// <param name="word">Its word, which ends its address.</param>
    public static JsonObject Of(string word) => new() { ["id"] = $"http://adlnet.gov/expapi/verbs/{word}", ["display"] = new JsonObject { ["en-US"] = word } };
}
