using System.Text;

namespace Sandbox.Agent.Sessions;

/// <summary>Text of a fixed-length field: up to the first zero byte, if there is one.</summary>
internal static class RecordText
{
    /// <summary>Null: empty.</summary>
    public static string? Of(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
        return text.Length == 0 ? null : text;
    }
}
