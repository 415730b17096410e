using System.Globalization;
using System.Text;

namespace Sandbox.Agent.Acts.Audit;

/// <summary>
/// One line of audit.log: <c>type=USER_CMD msg=audit(1795434377.101:14): pid=1 uid=0 auid=1001 ses=4 msg='cwd="/" cmd=6C73 res=success'</c>, and behind
/// a byte 0x1D what auditd made of the numbers.
/// </summary>
/// <param name="Type"><c>USER_CMD</c>.</param>
/// <param name="Serial"><c>1795434377.101:14</c>.</param>
/// <param name="At">When.</param>
/// <param name="Kernel">What the kernel says of the sender: pid, uid, auid, ses.</param>
/// <param name="Sender">What the sender says, inside <c>msg='...'</c>.</param>
/// <param name="Names">The names that auditd added: AUID, UID, ID.</param>
internal sealed record AuditRecord(
    string Type, string Serial, DateTimeOffset At, AuditFields Kernel, AuditFields Sender, AuditFields Names)
{
    /// <summary>Stands before the names that were added.</summary>
    public const byte Enriched = 0x1D;

    /// <summary>auid and ses of who never logged in.</summary>
    public const uint Unset = uint.MaxValue;

    /// <summary>Reads a line. Null: it is none of audit's.</summary>
    public static AuditRecord? Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("type="u8) && line.IndexOf(" type="u8) is >= 0 and var node) line = line[(node + 1)..];
        if (!line.StartsWith("type="u8) || line.IndexOf(" msg=audit("u8) is not (> 5 and var message)) return null;
        var type = Encoding.ASCII.GetString(line[5..message]);
        var rest = line[(message + 11)..];
        if (rest.IndexOf("):"u8) is not (> 0 and < 64 and var end)) return null;
        var serial = Encoding.ASCII.GetString(rest[..end]);
        if (Instant(serial) is not { } at) return null;
        rest = rest[(end + 2)..];
        var suffix = ReadOnlySpan<byte>.Empty;
        if (rest.IndexOf(Enriched) is >= 0 and var enriched)
        {
            suffix = rest[(enriched + 1)..];
            rest = rest[..enriched];
        }
        var (kernel, sender) = Split(rest);
        return new AuditRecord(type, serial, at, AuditFields.Parse(kernel), AuditFields.Parse(sender), AuditFields.Parse(suffix));
    }

    private static (string Kernel, string Sender) Split(ReadOnlySpan<byte> rest)
    {
        if (rest.IndexOf(" msg='"u8) is not (>= 0 and var inner)) return (Encoding.UTF8.GetString(rest), "");
        var sender = rest[(inner + 6)..];
        if (sender.LastIndexOf((byte)'\'') is >= 0 and var quote) sender = sender[..quote];
        return (Encoding.UTF8.GetString(rest[..inner]), Encoding.UTF8.GetString(sender));
    }

    private static DateTimeOffset? Instant(string serial)
    {
        var colon = serial.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !decimal.TryParse(serial.AsSpan(0, colon), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return null;
        // Until the year 9999; what is above is no time of any clock.
        return seconds < 253_402_300_799m ? DateTimeOffset.UnixEpoch.AddMilliseconds((double)(seconds * 1000)) : null;
    }
}
