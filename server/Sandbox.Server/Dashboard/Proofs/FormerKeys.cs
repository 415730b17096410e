using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;

namespace Sandbox.Server.Dashboard.Proofs;

/// <summary>The keys that a device had. Its row holds the present one and the one before it; the log has an entry of each, also after a second split.</summary>
internal static class FormerKeys
{
    /// <summary>All of them, SubjectPublicKeyInfo, DER; the present one as well.</summary>
    public static async Task<IReadOnlyList<byte[]>> OfAsync(SandboxDb db, DeviceId device, CancellationToken ct)
    {
        var bodies = await db.LogEntries.AsNoTracking().Where(entry => entry.DeviceId == device && entry.Kind == EntryKind.Enrolment && entry.Body != null).Select(entry => entry.Body!).ToListAsync(ct);
        return [.. bodies.Select(Key).OfType<byte[]>()];
    }

    private static byte[]? Key(byte[] body)
    {
        try
        {
            return LogBody.Parser.ParseFrom(body).DeviceEnrolled?.PublicKey.ToByteArray();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
