using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>A file of settings that need not exist.</summary>
internal static class ConfFile
{
    /// <summary>Its settings; none when there is no such file. Null: it is there and cannot be read, which is noted.</summary>
    public static List<Setting>? Read(RootFolder root, string path, UnseenNotes unseen)
    {
        if (!root.Has(path)) return [];
        if (root.TryRead(path, out var text, out var fault)) return KeyValueText.Parse(text, path);
        unseen.Add(fault);
        return null;
    }
}
