using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.AclEntry.Types;

namespace Sandbox.Agent.Shares;

/// <summary>POSIX ACLs of acl(5) as Linux keeps them: an extended attribute with a version and 8 bytes for each entry (linux/posix_acl_xattr.h).</summary>
internal sealed partial class PosixAcl(NumberedNames accounts, NumberedNames groups)
{
    public const string Access = "system.posix_acl_access";
    public const string Default = "system.posix_acl_default";

    private const uint Version = 2;
    private const int EntryLength = 8;
    // The kernel's own limit of an attribute.
    private const int MostBytes = 65_536;
    private const int MostEntries = 200;
    private const int NoData = 61, NotSupported = 95;
    private const int PermissionBits = 7;

    /// <summary>Entries of a folder's attribute; none where it has none. Null: it cannot be read, and <paramref name="why"/> says why.</summary>
    public IReadOnlyList<AclEntry>? Of(string path, string attribute, out string? why)
    {
        why = null;
        using var buffer = new PooledBytes(MostBytes);
        var length = GetXattr(path, attribute, buffer.Array, MostBytes);
        if (length < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is NoData or NotSupported) return [];
            why = Marshal.GetPInvokeErrorMessage(error);
            return null;
        }
        var entries = Parse(buffer.Array.AsSpan(0, (int)length));
        if (entries is null) why = "no ACL of the version that is known";
        return entries;
    }

    /// <summary>Null: no such attribute.</summary>
    internal IReadOnlyList<AclEntry>? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(uint) || (bytes.Length - sizeof(uint)) % EntryLength != 0 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Version) return null;
        var (entries, mask) = (new List<AclEntry>(), PermissionBits);
        var raw = new List<int>();
        for (var rest = bytes[sizeof(uint)..]; rest.Length > 0 && entries.Count < MostEntries; rest = rest[EntryLength..])
        {
            var (tag, bits, id) = (BinaryPrimitives.ReadUInt16LittleEndian(rest), BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & PermissionBits, BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]));
            var entry = new AclEntry { Kind = KindOf(tag), Permissions = Letters(bits) };
            if (entry.Kind is Kind.User or Kind.Group) entry.Name = (entry.Kind == Kind.User ? accounts : groups).Of(id);
            if (entry.Kind == Kind.Mask) mask = bits;
            entries.Add(entry);
            raw.Add(bits);
        }
        for (var i = 0; i < entries.Count; i++)
            if (entries[i].Kind is Kind.User or Kind.OwningGroup or Kind.Group && (raw[i] & ~mask) != 0) entries[i].Effective = Letters(raw[i] & mask);
        return entries;
    }

    private static Kind KindOf(ushort tag) => tag switch
    {
        0x01 => Kind.Owner, 0x02 => Kind.User, 0x04 => Kind.OwningGroup, 0x08 => Kind.Group, 0x10 => Kind.Mask, 0x20 => Kind.Others, _ => Kind.Unspecified,
    };

    private static string Letters(int bits) => $"{((bits & 4) != 0 ? 'r' : '-')}{((bits & 2) != 0 ? 'w' : '-')}{((bits & 1) != 0 ? 'x' : '-')}";

    [LibraryImport("libc", EntryPoint = "getxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetXattr(string path, string name, byte[] value, nint size);
}
