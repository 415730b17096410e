using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;
using Sandbox.Tests.Evidence.Crediting.Additions;
using Sandbox.Tests.Ingest;

namespace Sandbox.Tests.Assessment;

/// <summary>From the change to E3, through a server: looks after an hour, a day and a restart, and a machine of somebody else's.</summary>
public sealed class EvidenceSeenAgain
{
    private static readonly DateTimeOffset Start = ReportingDevice.Start;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_share_that_somebody_else_uses_rises_to_E3_and_the_log_says_each_step()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        await server.ResumeAsync(withClock: false);
        var (device, owner) = await server.EnrolForApprenticeAsync();
        var (others, _) = await server.EnrolForApprenticeAsync();
        await server.QueryAsync(db => new HolderBook(db, server.Time).AddAsync(new HeldAccount { PersonId = owner, Kind = HolderKind.Account, Value = "anna", From = Start.AddDays(-1) }, Ct));
        var (talk, theirs) = (await server.OpenAsync(device), await server.OpenAsync(others));
        async Task AtAsync(TimeSpan later, Action<Report> what)
        {
            server.Time.SetUtcNow(Start + later);
            await talk.SettleAsync(device.Write(report =>
            {
                report.CollectedAt = Timestamp.FromDateTimeOffset(Start + later);
                what(report);
            }, sign: true));
        }

        await AtAsync(TimeSpan.Zero, report => report.Facts.AddRange([Booted("first", TimeSpan.FromMinutes(-5)), new Fact { Shares = new Shares() }]));
        await AtAsync(TimeSpan.FromMinutes(1), report => report.Facts.AddRange([new Fact { Acts = new Protocol.Acts { Acts_ = { At.Runs(Start.AddSeconds(30), "/usr/bin/nano", "/etc/exports") } } }, Exported()]));
        await AtAsync(TimeSpan.FromHours(2), Same);
        await AtAsync(TimeSpan.FromHours(25), Same);
        await AtAsync(TimeSpan.FromHours(26), report => report.Facts.Add(Booted("second", TimeSpan.FromHours(25.5))));
        Assert.Null((await OnlyAsync(server)).SeenAfterRestart);
        await AtAsync(TimeSpan.FromHours(26.1), Same);
        Assert.Equal((Grade.E2, Start.AddHours(26.1)), await OnlyAsync(server) is var seen ? (seen.Grade, seen.SeenAfterRestart!.Value) : default);
        await theirs.SettleAsync(others.Write(report =>
        {
            report.CollectedAt = Timestamp.FromDateTimeOffset(Start.AddHours(26.2));
            report.Facts.Add(new Fact { Shares = new Shares { RemoteMounts = { new RemoteMount { Source = "lab-07:/srv/lab", MountPoint = "/mnt", Type = "nfs4", Mounted = true } } } });
        }));
        await AtAsync(TimeSpan.FromHours(26.3), Same);
        // Others are asked once an hour.
        Assert.Equal(Grade.E2, (await OnlyAsync(server)).Grade);
        await AtAsync(TimeSpan.FromHours(27.2), Same);

        var row = await OnlyAsync(server);
        Assert.Equal((Grade.E3, EvidenceState.Held, $"{others.Caller.Name} of "), (row.Grade, row.State, row.SeenElsewhere![..($"{others.Caller.Name} of ".Length)]));
        var said = await SaidAsync(server);
        Assert.Equal(
            [("watched", "E2", "").ToString(), ("watched", "E2", "hour").ToString(), ("held", "E2", "hour day").ToString(), ("held", "E2", "hour day restart").ToString(), ("held", "E3", "hour day restart").ToString()],
            said.Select(one => (one.State, one.Grade, Looks(one)).ToString()));
        Assert.Equal(1UL, said[^1].ElsewhereReport.Sequence);
        // The last report that showed it still there is cited, and the device signed for it.
        Assert.Equal((6UL, true), (said[3].SettlingReport.Sequence, said[3].Chain is not null));
    }

    [Fact]
    public async Task What_had_held_and_is_gone_within_the_week_is_revoked_in_the_log()
    {
        await using var server = await RunningIngest.StartAsync(paused: true);
        await server.ResumeAsync(withClock: false);
        var (device, _) = await server.EnrolForApprenticeAsync();
        var talk = await server.OpenAsync(device);
        foreach (var (hours, what) in new (double, Action<Report>)[]
        {
            (0, report => report.Facts.Add(new Fact { Shares = new Shares() })), (0.1, report => report.Facts.Add(Exported())), (25, Same), (48, report => report.Facts.Add(new Fact { Shares = new Shares() })),
        })
        {
            server.Time.SetUtcNow(Start.AddHours(hours));
            await talk.SettleAsync(device.Write(report =>
            {
                report.CollectedAt = Timestamp.FromDateTimeOffset(Start.AddHours(hours));
                what(report);
            }, sign: true));
        }

        Assert.Equal(["watched", "held", "undone"], (await SaidAsync(server)).Select(one => one.State));
        Assert.StartsWith("it had held until ", (await OnlyAsync(server)).Reason, StringComparison.Ordinal);
    }

    private static void Same(Report report) => report.Unchanged.Add((uint)Fact.KindOneofCase.Shares);

    private static string Looks(EvidenceStatement said) =>
        string.Join(' ', new[] { said.SeenAfterHourAt is null ? null : "hour", said.SeenAfterDayAt is null ? null : "day", said.SeenAfterRestartAt is null ? null : "restart" }.OfType<string>());

    private static Fact Booted(string boot, TimeSpan at) =>
        new() { OperatingSystem = new Protocol.OperatingSystem { HostName = "lab-07", BootId = boot, BootedAt = Timestamp.FromDateTimeOffset(Start + at) } };

    private static Fact Exported() => new()
    {
        Shares = new Shares
        {
            NfsExports = { new NfsExport { Path = "/srv/lab", Client = "192.0.2.0/24", InForce = true } },
            Folders = { new SharedFolder { Path = "/srv/lab", Present = true, Mode = 0b111_111_000 } },
        },
    };

    private static Task<StoredEvidence> OnlyAsync(RunningIngest server) => server.QueryAsync(db => db.Evidence.AsNoTracking().SingleAsync(Ct));

    private static async Task<List<EvidenceStatement>> SaidAsync(RunningIngest server) =>
        (await server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Evidence).OrderBy(x => x.Id).ToListAsync(Ct))).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body).Evidence);
}
