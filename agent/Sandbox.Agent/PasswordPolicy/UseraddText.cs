using Sandbox.Agent.Collecting.Settings;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>The text of /etc/default/useradd: <c>NAME=value</c> in the first column; useradd(8) leaves other lines alone.</summary>
internal static class UseraddText
{
    public static List<Setting> Parse(string text, string path)
    {
        var found = new List<Setting>();
        var number = 0u;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan(range).TrimEnd();
            if (line.IsEmpty || !char.IsAsciiLetter(line[0]) || line.IndexOf('=') is not (> 0 and var equals)) continue;
            found.Add(new Setting(line[..equals].ToString(), line[(equals + 1)..].ToString(), path, number));
        }

        return found;
    }
}
