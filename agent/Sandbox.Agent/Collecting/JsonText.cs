using System.Text.Json;

namespace Sandbox.Agent.Collecting;

/// <summary>Texts of JSON that somebody else wrote.</summary>
internal static class JsonText
{
    /// <summary>The text. Null: it is none, or its bytes are no UTF-8, or half of a character is in it, which .NET throws for.</summary>
    public static string? Of(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
