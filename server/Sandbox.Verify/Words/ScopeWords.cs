using Sandbox.Protocol;
using Sandbox.Verify.Entries;

namespace Sandbox.Verify.Words;

/// <summary>What was exported, in words.</summary>
internal static class ScopeWords
{
    public static string Of(BundleExported said, Names names)
    {
        var parts = new List<string> { said.HasPersonId ? $"what the log has of {names.Of(said.PersonId)}" : "what the log has of everybody" };
        if (said.HasDeviceId) parts.Add($"on the device {names.Of(said.DeviceId)}");
        if (said.Lines.Count > 0) parts.Add($"for the lines {string.Join(", ", said.Lines)}");
        if (said.From is not null) parts.Add($"from {said.From.ToDateTimeOffset():u}");
        if (said.Until is not null) parts.Add($"until before {said.Until.ToDateTimeOffset():u}");
        return string.Join(" ", parts) + $", of its first {said.Size} entries";
    }
}
