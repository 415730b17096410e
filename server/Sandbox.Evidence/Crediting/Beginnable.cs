using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>Which facts can be what a device said first.</summary>
internal static class Beginnable
{
    /// <summary>Whether later ones can be compared with it, so that it must hold all there is.</summary>
    public static bool Is(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.Accounts => AccountAdded.IsWhole(fact.Accounts),
        Fact.KindOneofCase.PasswordPolicy => true,
        Fact.KindOneofCase.AdminRights => fact.AdminRights.Unseen.Count == 0,
        Fact.KindOneofCase.Antivirus => fact.Antivirus.Unseen.Count == 0,
        Fact.KindOneofCase.Backup => fact.Backup.Unseen.Count == 0,
        Fact.KindOneofCase.Encryption => fact.Encryption.Unseen.Count == 0,
        Fact.KindOneofCase.Firewall => fact.Firewall.Unseen.Count == 0,
        Fact.KindOneofCase.RemoteAccess => fact.RemoteAccess.Unseen.Count == 0,
        _ => false,
    };
}
