using System.Text;

namespace Sandbox.Agent.Collecting;

/// <summary>A line of /proc/PID/mountinfo, as proc(5) describes it.</summary>
/// <param name="Point">Where it is mounted.</param>
/// <param name="Source">What, in the file system's own words: it may hold a user and a password.</param>
/// <param name="Type">The file system.</param>
/// <param name="Options">Of the mount and of the file system.</param>
/// <param name="Device">The kernel's number of its device, <c>8:2</c>; with major 0 it is none of a disk (btrfs, network, memory).</param>
internal sealed record Mount(string Point, string Source, string Type, string[] Options, string Device)
{
    // Of sessions and containers.
    private static readonly string[] Passing =
        ["/run/user/", "/run/credentials/", "/run/docker/", "/proc/", "/sys/", "/snap/", "/var/snap/", "/var/lib/docker/", "/var/lib/containers/", "/var/lib/kubelet/"];

    /// <summary>Another machine keeps its files, so that asking for one may wait for ever.</summary>
    public bool IsOfAnotherMachine => Type is "nfs" or "nfs4" or "cifs" or "smb3" or "9p" or "virtiofs" or "ceph" or "davfs" or "fuse.sshfs" or "fuse.glusterfs" or "fuse.s3fs" or "fuse.rclone" or "fuse.davfs2";

    /// <summary>It comes and goes with a session or a container.</summary>
    public bool IsPassing => Point == "/run/netns" || Array.Exists(Passing, begin => Point.StartsWith(begin, StringComparison.Ordinal));

    /// <summary>id parent major:minor root point options tags... - type source super-options. Null: no such line.</summary>
    public static Mount? Parse(string line)
    {
        var words = line.Split(' ');
        var dash = Array.IndexOf(words, "-", Math.Min(6, words.Length));
        if (dash < 0 || words.Length < dash + 4 || words[4] is not ['/', ..]) return null;
        return new Mount(Unescape(words[4]), Unescape(words[dash + 2]), words[dash + 1], [.. words[5].Split(','), .. words[dash + 3].Split(',')], words[2]);
    }

    /// <summary>Space, tab, line end and backslash stand as three octal digits, in fstab(5) as well.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)(((text[i + 1] - '0') * 64) + ((text[i + 2] - '0') * 8) + text[i + 3] - '0'));
                i += 3;
            }
            else plain.Append(text[i]);
        }
        return plain.ToString();
    }

    /// <summary>The source without user name and password: <c>https://elif:secret@cloud/dav</c> has them.</summary>
    public static string WithoutSecret(string source)
    {
        var begin = source.IndexOf("//", StringComparison.Ordinal);
        var at = source.LastIndexOf('@');
        return begin >= 0 && at > begin ? source[..(begin + 2)] + source[(at + 1)..] : source;
    }
}
