using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage;
using Sandbox.Storage.Log;
using Sandbox.Storage.People;

namespace Sandbox.Server.People;

/// <summary>
/// Who works on machines under which account, with which key or as which SID. All that is said stands in the evidence log with who said it, and
/// the devices that it concerns are judged anew.
/// </summary>
internal sealed partial class HolderBook(SandboxDb db, TimeProvider time)
{
    /// <summary>What a SID means that is said of every device.</summary>
    public const string SidEverywhere = "A SID that is said of every device names the account of a domain alone: copied machines may share the SIDs of their own accounts, so of such an account say on which device.";

    /// <summary>Says that somebody works under this account from an instant on.</summary>
    /// <param name="held">What is said; its id and <see cref="HeldAccount.AddedAt"/> are set here.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="SetupException">It cannot be, it is known, or the person was erased.</exception>
    public async Task<HeldAccount> AddAsync(HeldAccount held, CancellationToken ct)
    {
        if (held.Kind == HolderKind.Key) held.Value = Fingerprint(held.Value);
        if (held.Kind == HolderKind.Sid) held.Value = held.Value.ToUpperInvariant();
        if (Fault(held.Kind, held.Value) is { } fault) throw new SetupException(fault);
        if (held.Until <= held.From) throw new SetupException($"It would end before it begins, at {held.From:yyyy-MM-dd HH:mm}Z: say from when on it holds.");
        await using var all = await db.Database.BeginTransactionAsync(ct);
        await db.RequirePersonAsync(held.PersonId, ct);
        var known = await db.HeldAccounts.AsNoTracking().Where(x => x.PersonId == held.PersonId && x.Kind == held.Kind && x.Value == held.Value && x.DeviceId == held.DeviceId).ToListAsync(ct);
        if (known.Find(x => !(x.Until <= held.From) && !(held.Until <= x.From)) is { } same)
            throw new SetupException($"That is known already, for {same.From:yyyy-MM-dd HH:mm}Z to {(same.Until is { } until ? $"{until:yyyy-MM-dd HH:mm}Z" : "now and on")} ({same.Id.ToString()[..8]}): say another time, or end that one.");
        (held.Id, held.AddedAt) = (Guid.NewGuid(), time.GetUtcNow());
        db.HeldAccounts.Add(held);
        await SaidAsync(held, held.AddedBy, ct);
        await all.CommitAsync(ct);
        return held;
    }

    /// <summary>Says that it holds no longer from an instant on; what was credited for the time before stands.</summary>
    /// <exception cref="SetupException">It is not there, ended earlier, or would end before it begins.</exception>
    public async Task<HeldAccount> EndAsync(Guid person, Guid id, DateTimeOffset until, Guid? by, CancellationToken ct)
    {
        await using var all = await db.Database.BeginTransactionAsync(ct);
        var held = await db.HeldAccounts.SingleOrDefaultAsync(x => x.Id == id && x.PersonId == person, ct) ?? throw new SetupException("That is not there any more.");
        if (held.Until <= until) throw new SetupException("That has ended already.");
        // Said wrongly, it never held.
        held.Until = until > held.From ? until : held.From;
        await SaidAsync(held, by, ct);
        await all.CommitAsync(ct);
        return held;
    }

    /// <summary>All of them with the names of people and devices, past ones too; by person, account and time.</summary>
    public async Task<IReadOnlyList<HolderEntry>> ListAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await (from held in db.HeldAccounts.AsNoTracking()
                          join person in db.Users on held.PersonId equals person.Id
                          orderby person.NormalizedUserName, held.Kind, held.Value, held.From
                          select new { held, person.UserName, Device = db.Devices.Where(d => d.Id == held.DeviceId).Select(d => d.Name).FirstOrDefault() }).ToListAsync(ct);
        return [.. rows.Select(row => new HolderEntry(
            row.held.Id, row.held.PersonId, row.UserName!, row.held.Kind, row.held.Value, row.Device, row.held.From, row.held.Until, Holds(row.held, now))
            {
                Shared = rows.Exists(other => other.held.PersonId != row.held.PersonId && IsShared(other.held, row.held, now)),
            })];
    }

    // ssh-keygen -lf shows it between the key's length and its comment.
    private static string Fingerprint(string typed) => typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.StartsWith("SHA256:", StringComparison.Ordinal)) ?? typed;

    /// <summary>Why nobody can be known by this, with what to do. Null: they can.</summary>
    public static string? Fault(HolderKind kind, string value) => kind switch
    {
        HolderKind.Account when value is "root" or "Administrator" or "SYSTEM" => $"{value} is everybody's account: give each person an own account with sudo, or say whose SSH key opens a session of {value}.",
        HolderKind.Account when !Account().IsMatch(value) => $"'{value}' cannot be the name of an account: use what stands in front of the first colon in /etc/passwd, or DOMAIN\\name.",
        HolderKind.Key when !Key().IsMatch(value) => $"'{value}' is no fingerprint of a key: type what ssh-keygen -lf FILE.pub shows, SHA256: and 43 letters.",
        HolderKind.Sid when !Sid().IsMatch(value) => $"'{value}' is no SID: type what whoami /user shows, such as S-1-5-21-1111111111-2222222222-3333333333-1001.",
        HolderKind.Sid when WindowsItself.Of(value) is { } what => $"{value} is an account of Windows itself ({what}), and nobody's: type what whoami /user shows.",
        _ => null,
    };

    private static bool IsShared(HeldAccount one, HeldAccount other, DateTimeOffset now) =>
        one.Kind == other.Kind && one.Value == other.Value && one.DeviceId == other.DeviceId && Holds(one, now) && Holds(other, now);

    private static bool Holds(HeldAccount held, DateTimeOffset at) => held.From <= at && !(held.Until <= at);

    private async Task SaidAsync(HeldAccount held, Guid? by, CancellationToken ct)
    {
        var said = new AccountHeld
        {
            Id = LogId.Of(held.Id), PersonId = LogId.Of(held.PersonId), Kind = held.Kind.ToString().ToLowerInvariant(), Value = held.Value,
            From = Timestamp.FromDateTimeOffset(held.From), Until = held.Until is { } until ? Timestamp.FromDateTimeOffset(until) : null,
        };
        if (held.DeviceId is { } device) said.DeviceId = ByteString.CopyFrom(device.ToBytes());
        if (by is { } person) said.SaidBy = LogId.Of(person);
        var now = time.GetUtcNow();
        db.LogEntries.Add(LoggedEntry.New(EntryKind.Account, now, new LogBody { AccountHeld = said }, held.DeviceId, held.PersonId, held.Id));
        await db.SaveChangesAsync(ct);
        var since = now - WhoDidIt.OpenToPeople;
        // Those that are due are judged in any case.
        var concerned = db.Devices.Where(x => x.JudgeAt > now && db.Evidence.Any(e => e.DeviceId == x.Id && e.NotedAt > since));
        if (held.DeviceId is { } only) concerned = concerned.Where(x => x.Id == only);
        await concerned.ExecuteUpdateAsync(set => set.SetProperty(x => x.JudgeAt, now), ct);
    }

    [GeneratedRegex(@"^(?!-)([^\s\\/:\p{C}]{1,64}\\)?[^\s\\/:\p{C}]{1,64}\z")]
    private static partial Regex Account();

    [GeneratedRegex(@"^SHA256:[A-Za-z0-9+/]{43}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^S-1-[0-9]{1,15}(-[0-9]{1,10}){1,15}\z")]
    private static partial Regex Sid();
}

/// <summary>Who is who, as lists show it.</summary>
/// <param name="Id">The row's id.</param>
/// <param name="PersonId">Who.</param>
/// <param name="Person">What they type to sign in.</param>
/// <param name="Kind">What <paramref name="Value"/> is.</param>
/// <param name="Value">The account, key or SID.</param>
/// <param name="Device">Name of the device on which it holds. Null: it holds on every one.</param>
/// <param name="From">From when on.</param>
/// <param name="Until">Until before when. Null: it still holds.</param>
/// <param name="Holds">Whether it holds now.</param>
internal sealed record HolderEntry(Guid Id, Guid PersonId, string Person, HolderKind Kind, string Value, string? Device, DateTimeOffset From, DateTimeOffset? Until, bool Holds)
{
    /// <summary>Somebody else is known by the same: neither is named by it.</summary>
    public bool Shared { get; init; }
}
