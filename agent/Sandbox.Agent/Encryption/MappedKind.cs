using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Agent.Encryption;

/// <summary>
/// What a device-mapper device says of itself in dm/uuid: cryptsetup writes <c>CRYPT-LUKS2-UUID-NAME</c> (libdevmapper.c, dm_prepare_uuid), LVM
/// <c>LVM-...</c>. The name alone says nothing.
/// </summary>
internal static class MappedKind
{
    private const string Crypt = "CRYPT-";

    /// <summary>What encrypts it. Null: it encrypts nothing; verity and integrity are cryptsetup's, too, and only check.</summary>
    public static Scheme? SchemeOf(string uuid)
    {
        if (!uuid.StartsWith(Crypt, StringComparison.Ordinal)) return null;
        return Type(uuid) switch
        {
            "LUKS1" => Scheme.Luks1,
            "LUKS2" => Scheme.Luks2,
            "PLAIN" => Scheme.Plain,
            "TCRYPT" => Scheme.Tcrypt,
            "BITLK" => Scheme.Bitlocker,
            "FVAULT2" => Scheme.Filevault,
            "LOOPAES" => Scheme.LoopAes,
            "VERITY" or "INTEGRITY" or "SUBDEV" => null,
            _ => Scheme.Other,
        };
    }

    /// <summary>Without the dashes, as dm/uuid has it. Null: it is no LUKS volume.</summary>
    public static string? LuksUuid(string uuid) => SchemeOf(uuid) is Scheme.Luks1 or Scheme.Luks2 && uuid.Split('-') is [_, _, { Length: 32 } id, ..] ? id : null;

    private static string Type(string uuid)
    {
        var rest = uuid[Crypt.Length..];
        var end = rest.IndexOf('-');
        return end < 0 ? rest : rest[..end];
    }
}
