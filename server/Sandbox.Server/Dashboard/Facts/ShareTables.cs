using System.Globalization;
using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>What is shared and with whom, who may do what in the folders, what is used of others, mail; settings with their provenance last.</summary>
internal static class ShareTables
{
    public static IReadOnlyList<FactTable> Of(Shares shares) =>
    [
        new("Servers", ["Server", "Installed", "Runs"], [.. shares.Servers.Select(server => new FactTableRow($"shares.servers[{server.Name}]", [server.Name, YesNo(server.Installed), server.HasRunning ? YesNo(server.Running) : null]))]),
        new("Samba", ["Share", "Folder", "Who may write", "Without a password", "Only", "Shown in lists", "Switched on", "Comment", "Written in"], [.. shares.SambaShares.Select(Row)]),
        new("NFS", ["Folder", "Client", "Who may write", "root there", "Everybody there", "Security", "In force", "Options", "Written in"], [.. shares.NfsExports.Select(Row)]),
        new("Rights in shared folders", ["Folder", "Shared as", "Is there", "Owner", "Group", "Mode", "ACL", "ACL of new files"], [.. shares.Folders.Select(Row)]),
        new("Folders of other machines", ["Mount point", "Source", "Type", "Mounted", "In fstab", "Options that matter"], [.. shares.RemoteMounts.Select(Row)]),
        .. shares.Mail is { } mail ? MailTables(mail) : [],
        .. shares.SambaSettings.Count > 0 ? [SettingTable.Of("Samba's settings for all shares", "shares.samba_settings", shares.SambaSettings)] : Array.Empty<FactTable>(),
    ];

    private static FactTableRow Row(SambaShare share, int index) => new($"shares.samba_shares[{Number((uint)index)}]",
    [
        share.Kind == SambaShare.Types.Kind.Usershare ? $"{share.Name} (made by a user)" : share.Name, share.HasPath ? share.Path : share.Kind == SambaShare.Types.Kind.Homes ? "everybody's own home" : "none",
        share.HasReadOnly ? share.ReadOnly ? "nobody" : "whoever comes in" : null, share.HasGuestOk ? YesNo(share.GuestOk) : null,
        share.HasUsershareAcl ? share.UsershareAcl : share.ValidUsers.Count == 0 ? "everybody with a password" : string.Join(", ", share.ValidUsers), share.HasBrowseable ? YesNo(share.Browseable) : null,
        share.HasAvailable ? YesNo(share.Available) : null, share.HasComment ? share.Comment : "none", $"{share.DefinedIn}:{Number(share.Line)}",
    ]);

    private static FactTableRow Row(NfsExport export, int index) => new($"shares.nfs_exports[{Number((uint)index)}]",
    [
        export.Path, export.Client == "*" ? "everybody" : export.Client, export.ReadOnly ? "nobody" : "whoever may by the folder's rights", export.RootIsRoot ? "stays root" : "becomes nobody",
        export.EveryoneIsNobody ? "becomes nobody" : "keeps the number that the client says", string.Join(", ", export.Security), export.HasInForce ? YesNo(export.InForce) : null, Joined(export.Options), $"{export.DefinedIn}:{Number(export.Line)}",
    ]);

    private static FactTableRow Row(SharedFolder folder) => new($"shares.folders[{folder.Path}]",
    [
        folder.Path, string.Join(", ", folder.SharedAs), folder.HasPresent ? YesNo(folder.Present) : null, folder.HasOwner ? folder.Owner : null, folder.HasGroup ? folder.Group : null,
        folder.HasMode ? Convert.ToString(folder.Mode, 8).PadLeft(4, '0') : null, Acl(folder, folder.Acl), Acl(folder, folder.DefaultAcl),
    ]);

    // Without a mode nothing is known of the folder at all.
    private static string? Acl(SharedFolder folder, RepeatedField<AclEntry> entries) => entries.Count > 0 ? string.Join(", ", entries.Select(Entry)) : folder.HasMode ? "none" : null;

    private static string Entry(AclEntry entry)
    {
        var who = entry.Kind switch
        {
            AclEntry.Types.Kind.Owner => "owner", AclEntry.Types.Kind.OwningGroup => "group", AclEntry.Types.Kind.User => $"user {entry.Name}", AclEntry.Types.Kind.Group => $"group {entry.Name}",
            AclEntry.Types.Kind.Mask => "mask", AclEntry.Types.Kind.Others => "others", _ => "somebody",
        };
        return entry.HasEffective ? $"{who} {entry.Permissions}, of which the mask leaves {entry.Effective}" : $"{who} {entry.Permissions}";
    }

    private static FactTableRow Row(RemoteMount mount) => new($"shares.remote_mounts[{mount.MountPoint}]",
        [mount.MountPoint, mount.Source, mount.Type, mount.HasMounted ? YesNo(mount.Mounted) : null, mount.HasInFstab ? YesNo(mount.InFstab) : null, Joined(mount.Options)]);

    private static IReadOnlyList<FactTable> MailTables(MailStorage mail) =>
    [
        new("Mail", ["Mailboxes lie in", "Quotas in force", "Each mailbox may hold"],
            [new FactTableRow("shares.mail", [mail.HasLocation ? mail.Location : null, mail.HasQuotaLoaded ? mail.QuotaLoaded ? "yes" : "no: the plugin is not loaded" : null, mail.HasQuotaBytes ? FactText.Bytes(mail.QuotaBytes) : "no limit, or it cannot be told"])]),
        new("Mailboxes", ["User", "May hold", "Messages", "Written in"], [.. mail.Mailboxes.Select(box => new FactTableRow($"shares.mail.mailboxes[{box.User}]",
            [box.User, box.HasLimitBytes ? FactText.Bytes(box.LimitBytes) : "no limit", box.HasLimitMessages ? box.LimitMessages.ToString(CultureInfo.InvariantCulture) : "no limit", box.DefinedIn]))]),
        SettingTable.Of("Dovecot's settings", "shares.mail.settings", mail.Settings),
    ];

    private static string Joined(RepeatedField<string> words) => words.Count == 0 ? "none" : string.Join(", ", words);

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
