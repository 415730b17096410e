using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Devices;

namespace Sandbox.Server.Devices;

/// <summary>Makes join codes and withdraws them. The secret is shown once and kept nowhere.</summary>
internal sealed class JoinCodes(SandboxDb db, TimeProvider time)
{
    private const int TokenLength = 16;

    /// <summary>Makes a code.</summary>
    /// <param name="person">Who will own the device.</param>
    /// <param name="life">How long the server takes it.</param>
    /// <param name="replaces">The device whose place the new one takes. Null: none.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <param name="continues">The quarantined device that the redeeming machine goes on as. Null: it becomes a new one.</param>
    /// <exception cref="SetupException">There is no such person: they were erased.</exception>
    public async Task<(IssuedCode Code, byte[] Token)> CreateAsync(Guid person, TimeSpan life, DeviceId? replaces, CancellationToken ct, DeviceId? continues = null)
    {
        // A split of clones makes two within a transaction of its own.
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        if (!await db.Users.AnyAsync(x => x.Id == person, ct)) throw new SetupException("Whoever that would be for was erased. Enrol the machine for somebody else: sandbox-server codes new PERSON");
        var token = RandomNumberGenerator.GetBytes(TokenLength);
        var now = time.GetUtcNow();
        var code = new IssuedCode
        {
            Id = Guid.NewGuid(), TokenHash = SHA256.HashData(token), PersonId = person, CreatedAt = now, ExpiresAt = now + life, Replaces = replaces, Continues = continues,
        };
        db.Codes.Add(code);
        await db.SaveChangesAsync(ct);
        if (own is not null) await own.CommitAsync(ct);
        return (code, token);
    }

    /// <summary>Withdraws a code. A device that has redeemed it stays.</summary>
    /// <returns>Whether it could still have been used.</returns>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db.Codes.Where(x => x.Id == id && x.RevokedAt == null && x.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, now), ct) == 1;
    }

    /// <summary>Takes a withdrawal back: who has the code can use it again until it ends.</summary>
    /// <returns>Whether it was withdrawn, unused and has not ended.</returns>
    public async Task<bool> RestoreAsync(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db.Codes.Where(x => x.Id == id && x.RevokedAt != null && x.RedeemedAt == null && x.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, (DateTimeOffset?)null), ct) == 1;
    }

    /// <summary>The text that people copy.</summary>
    /// <param name="address">Where agents connect, host:port.</param>
    /// <param name="pin">The CA's pin, 32 bytes.</param>
    /// <param name="token">The 16 secret bytes.</param>
    /// <param name="expires">When the server stops taking it.</param>
    public static string Text(string address, byte[] pin, byte[] token, DateTimeOffset expires) => JoinCode.Write(new JoinCodeContent
    {
        Address = address,
        CaPin = ByteString.CopyFrom(pin),
        Token = ByteString.CopyFrom(token),
        ExpiresAt = Timestamp.FromDateTimeOffset(expires),
    });
}
