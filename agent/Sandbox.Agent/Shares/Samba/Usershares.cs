using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.SambaShare.Types;

namespace Sandbox.Agent.Shares.Samba;

/// <summary>Folders that users shared by <c>net usershare add</c>: a small file for each (source3/param/loadparm.c of Samba).</summary>
internal static class Usershares
{
    /// <summary>Where they lie unless smb.conf says otherwise.</summary>
    public const string Folder = "/var/lib/samba/usershares";

    private const int Most = 200;
    private const int MostBytes = 10_000;

    /// <summary>Sorted by name.</summary>
    public static IEnumerable<SambaShare> Read(RootFolder root, string folder, UnseenNotes unseen)
    {
        if (!root.Has(folder)) yield break;
        var names = root.List(folder, out var fault);
        if (fault is not null) unseen.Add(fault);
        foreach (var name in names.Where(name => name[0] != '.' && !name.StartsWith(':')).Take(Most))
        {
            var path = $"{folder}/{name}";
            if (!root.TryRead(path, out var text, out var unread, MostBytes)) unseen.Add(unread);
            else if (Parse(text, name, path) is { } share) yield return share;
            else unseen.Add(Why.Of(path, "no usershare", $"Look at it: net usershare info --long {name}"));
        }
    }

    private static SambaShare? Parse(string text, string name, string file)
    {
        if (!text.StartsWith("#VERSION ", StringComparison.Ordinal)) return null;
        var share = new SambaShare { Name = ShortText.Of(name, SambaShares.LongestText) ?? "", Kind = Kind.Usershare, DefinedIn = file, Line = 1 };
        foreach (var line in text.Split('\n'))
        {
            if (line.IndexOf('=') is not (> 0 and var equals) || ShortText.Of(line[(equals + 1)..], SambaShares.LongestText) is not { } value) continue;
            switch (line[..equals])
            {
                case "path": share.Path = value; break;
                case "comment": share.Comment = value; break;
                case "guest_ok": share.GuestOk = value == "y"; break;
                case "sharename": share.Name = value; break;
                case "usershare_acl":
                    share.UsershareAcl = value;
                    // F may write, R may read, D may not.
                    share.ReadOnly = !value.Contains(":F", StringComparison.OrdinalIgnoreCase);
                    break;
                default: break;
            }
        }
        return share.HasPath ? share : null;
    }
}
