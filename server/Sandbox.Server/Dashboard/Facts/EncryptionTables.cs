using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using static Sandbox.Protocol.DataPlace.Types;

namespace Sandbox.Server.Dashboard.Facts;

/// <summary>Whether data is encrypted where it lies, what the volumes are, and which certificates servers show.</summary>
internal static class EncryptionTables
{
    public static IReadOnlyList<FactTable> Of(Encryption encryption) =>
    [
        new("Where data lies", ["Path", "State", "Encrypted by", "Type", "Lies on"], [.. encryption.Places.Select(place => Row("places", place))]),
        new("Swap", ["Path", "State", "Encrypted by", "Type", "Lies on"], [.. encryption.Swaps.Select(place => Row("swaps", place))]),
        new("LUKS volumes", ["Device", "Version", "Open", "Cipher", "Unlocked by", "Uuid"], [.. encryption.Volumes.Select(Row)]),
        new("/etc/crypttab", ["Name", "Device", "Key", "Open", "Options"], [.. encryption.Crypttab.Select(Row)]),
        .. encryption.Folders.Count == 0 ? Array.Empty<FactTable>() : [new FactTable("Folders", ["Folder", "Encrypted by", "Open"],
            [.. encryption.Folders.Select(one => new FactTableRow($"encryption.folders[{one.Path}]", [one.Path, Word(one.Scheme), one.HasOpen ? YesNo(one.Open) : null]))])],
        new("Certificates of servers", ["File", "Server", "Names", "Issued by", "Not after", "Key", "Fingerprint", "Named in"], [.. encryption.Certificates.Select(Row)]),
        new("What answers to TLS here", ["Port", "Address", "Protocol", "Names", "Not after", "Fingerprint"], [.. encryption.Listeners.Select(Row)]),
    ];

    private static FactTableRow Row(string list, DataPlace place) => new($"encryption.{list}[{place.Path}]",
    [
        place.Path, Word(place.State) is not { } word ? place.HasWhy ? $"not known: {place.Why}" : null : place.HasWhy ? $"{word}: {place.Why}" : word,
        place.By.Count == 0 ? "nothing" : string.Join(", ", place.By.Select(Word)), place.Type, place.LiesOn.Count == 0 ? "no device" : string.Join(", ", place.LiesOn),
    ]);

    private static FactTableRow Row(LuksVolume one) => new($"encryption.volumes[{one.Device}]",
    [
        one.HasLabel ? $"{one.Device} ({one.Label})" : one.Device, one.HasVersion ? $"LUKS{Number(one.Version)}" : null,
        one.HasOpen ? one.MappedNames.Count > 0 ? string.Join(", ", one.MappedNames) : YesNo(one.Open) : null,
        one.HasCipher ? $"{one.Cipher}{(one.HasKeyBits ? $", key of {Number(one.KeyBits)} bits" : "")}{(one is { HasWhole: true, Whole: false } ? ", not all of it" : "")}" : null,
        one.HasKeySlots ? string.Join(", ", [$"{Number(one.KeySlots)} key {(one.KeySlots == 1 ? "slot" : "slots")}", .. one.Kdfs, .. one.Tokens]) : null,
        one.HasUuid ? one.Uuid : null,
    ]);

    private static FactTableRow Row(CrypttabEntry entry, int index) => new($"encryption.crypttab[{Number((uint)index)}]",
        [entry.Name, entry.Device, Key(entry), entry.HasOpen ? YesNo(entry.Open) : null, entry.Options.Count == 0 ? "none" : string.Join(", ", entry.Options)]);

    private static string? Key(CrypttabEntry entry) => entry.Key switch
    {
        CrypttabEntry.Types.Key.Asked => "somebody, or a token, is asked",
        CrypttabEntry.Types.Key.Random => "new at every start",
        CrypttabEntry.Types.Key.Script => "from a program",
        CrypttabEntry.Types.Key.File => string.Join(", ", [entry.KeyFile, .. KeyFile(entry)]),
        _ => null,
    };

    private static IEnumerable<string> KeyFile(CrypttabEntry entry)
    {
        if (entry is { HasKeyFilePresent: true, KeyFilePresent: false }) yield return "which is not there";
        if (entry.HasKeyFileLies && Word(entry.KeyFileLies) is { } lies) yield return $"which lies {lies}";
        if (entry is { HasKeyFileReadableByAll: true, KeyFileReadableByAll: true }) yield return "which everybody may read";
    }

    private static FactTableRow Row(NamedCertificate one) => new($"encryption.certificates[{one.Path}]",
        [one.Path, one.Server, .. Cells(one.Certificate), string.Join(", ", one.NamedIn)]);

    private static FactTableRow Row(TlsListener one) => new($"encryption.listeners[{one.Address}:{Number(one.Port)}]",
    [
        Number(one.Port), one.Address, one.HasProtocol ? one.Protocol : one.HasWhy ? $"not known: {one.Why}" : null,
        Names(one.Certificate), Day(one.Certificate?.NotAfter), one.Certificate?.Fingerprint,
    ]);

    private static IEnumerable<string?> Cells(Certificate? one) =>
        one is null ? [null, null, null, null, null] : [Names(one), one.SelfSigned ? "itself" : one.Issuer, Day(one.NotAfter), one.HasKeyBits ? $"{one.KeyType}, {Number(one.KeyBits)} bits" : one.KeyType, one.Fingerprint];

    private static string? Names(Certificate? one) => one is null ? null : one.Names.Count > 0 ? string.Join(", ", one.Names) : one.Subject;

    private static string? Day(Timestamp? said) => said is null ? null : Instants.Of(said) is { } instant ? instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "not an instant";

    private static string? Word(State state) => state switch
    {
        State.Encrypted => "encrypted", State.Partly => "partly encrypted", State.Clear => "in the clear", State.Memory => "in memory", State.Elsewhere => "on another machine", _ => null,
    };

    private static string? Word(Scheme scheme) => scheme switch
    {
        Scheme.Luks1 => "LUKS1", Scheme.Luks2 => "LUKS2", Scheme.Plain => "dm-crypt without a header", Scheme.Tcrypt => "VeraCrypt", Scheme.Bitlocker => "BitLocker", Scheme.Filevault => "FileVault",
        Scheme.LoopAes => "loop-AES", Scheme.Fscrypt => "fscrypt", Scheme.Ecryptfs => "eCryptfs", Scheme.Fuse => "a file system of FUSE", Scheme.Other => "dm-crypt", _ => null,
    };

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
