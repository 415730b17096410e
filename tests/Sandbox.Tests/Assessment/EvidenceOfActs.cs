using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence.Attribution;
using Sandbox.Evidence.Crediting;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.Crediting;
using Sandbox.Storage.People;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Evidence.Crediting;
using Sandbox.Tests.Ingest;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Assessment;

/// <summary>Changes and acts as they come in: who is credited, and what the log says of it.</summary>
public sealed class EvidenceOfActs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_act_that_comes_after_its_change_credits_its_person_and_the_log_says_both()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, owner) = await server.EnrolForApprenticeAsync();
        var anna = await PersonAsync(server, "anna", Roles.Apprentice);
        await SayAsync(server, anna, "anna");
        var talk = await server.OpenAsync(device);

        await talk.SettleAsync(device.Say(Accounts()), device.Write(report => report.Facts.Add(Accounts("ben")), sign: true));
        var before = await OnlyAsync(server);
        await talk.SettleAsync(device.Write(report => report.Facts.Add(Told("anna")), sign: true));

        var after = await OnlyAsync(server);
        Assert.Equal((owner, Grade.E1, anna, Grade.E2), (before.PersonId, before.Grade, after.PersonId, after.Grade));
        var said = await SaidAsync(server);
        Assert.Equal([("watched", "E1", owner), ("watched", "E2", anna)], said.Select(x => (x.State, x.Grade, new Guid(x.PersonId.Span, bigEndian: true))));
        Assert.Equal((3UL, after.ActId), (said[1].ActReport.Sequence, Convert.ToHexStringLower(said[1].ActId.Span)));
    }

    [Fact]
    public async Task A_change_and_its_act_in_one_batch_are_one_statement()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        var anna = await PersonAsync(server, "anna", Roles.Apprentice);
        await SayAsync(server, anna, "anna");

        await (await server.OpenAsync(device)).SettleAsync(
            device.Say(Accounts()), device.Say(Accounts("ben")), device.Write(report => report.Facts.Add(Told("anna")), sign: true));

        Assert.Equal(("watched", "E2"), Assert.Single(await SaidAsync(server)) is var said ? (said.State, said.Grade) : default);
    }

    [Fact]
    public async Task The_act_still_names_its_person_over_streams()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        var anna = await PersonAsync(server, "anna", Roles.Apprentice);
        await SayAsync(server, anna, "anna");
        await (await server.OpenAsync(device)).SettleAsync(device.Say(Accounts()));
        await (await server.OpenAsync(device)).SettleAsync(device.Say(Told("anna")));

        await (await server.OpenAsync(device)).SettleAsync(device.Say(Accounts("ben")));
        Assert.Equal(anna, (await OnlyAsync(server)).PersonId);
        await (await server.OpenAsync(device)).SettleAsync(device.Say());

        Assert.Equal((anna, Grade.E2), await OnlyAsync(server) is var row ? (row.PersonId, row.Grade) : default);
    }

    [Fact]
    public async Task Nobody_is_credited_for_what_a_stranger_did_until_somebody_says_who_that_is()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        var anna = await PersonAsync(server, "anna", Roles.Apprentice);
        await (await server.OpenAsync(device)).SettleAsync(device.Say(Accounts()), device.Say(Accounts("ben")), device.Say(Told("lab7")));
        Assert.Equal(EvidenceState.Discounted, (await OnlyAsync(server)).State);

        await SayAsync(server, anna, "lab7");

        await Eventually.TrueAsync(async () =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            return (await OnlyAsync(server)).State == EvidenceState.Watched;
        });
        Assert.Equal((anna, Grade.E2), await OnlyAsync(server) is var row ? (row.PersonId, row.Grade) : default);
    }

    [Fact]
    public async Task A_device_that_was_judged_anew_is_not_judged_again_and_again()
    {
        await using var server = await RunningIngest.StartAsync();
        var (device, _) = await server.EnrolForApprenticeAsync();
        await (await server.OpenAsync(device)).SettleAsync(device.Say(Accounts()));

        await SayAsync(server, await PersonAsync(server, "anna", Roles.Apprentice), "anna");

        await Eventually.TrueAsync(async () =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            return await server.QueryAsync(db => db.Devices.Select(x => x.JudgeAt).SingleAsync(Ct)) > server.Time.GetUtcNow().AddMinutes(1);
        });
    }

    [Fact]
    public async Task Who_works_under_which_account_is_in_the_log_and_that_it_ended_too()
    {
        await using var server = await RunningIngest.StartAsync();
        await server.EnrolForApprenticeAsync();
        var anna = await PersonAsync(server, "anna", Roles.Apprentice);
        var held = await SayAsync(server, anna, "anna");

        await server.QueryAsync(db => new HolderBook(db, server.Time).EndAsync(anna, held.Id, server.Time.GetUtcNow().AddHours(1), null, Ct));

        var said = (await server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Account).OrderBy(x => x.Id).ToListAsync(Ct))).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body).AccountHeld);
        Assert.Equal([("account", "anna", false), ("account", "anna", true)], said.Select(x => (x.Kind, x.Value, x.Until is not null)));
        Assert.Equal(new Guid(said[0].Id.Span, bigEndian: true), held.Id);
    }

    private static Fact Accounts(params string[] more) => new() { Accounts = Watched.Of([Watched.Person("elif", 1000), .. more.Select((name, i) => Watched.Person(name, 1001u + (uint)i))]) };

    private static Fact Told(string account) => new()
    {
        Acts = new Protocol.Acts { Acts_ = { Doing.Act(ReportingDevice.Start.AddMinutes(2), account, AdminAct.Types.Action.AddAccount, "ben") } },
    };

    private static Task<StoredEvidence> OnlyAsync(RunningIngest server) => server.QueryAsync(db => db.Evidence.AsNoTracking().SingleAsync(Ct));

    private static async Task<List<EvidenceStatement>> SaidAsync(RunningIngest server) =>
        (await server.QueryAsync(db => db.LogEntries.Where(x => x.Kind == EntryKind.Evidence).OrderBy(x => x.Id).ToListAsync(Ct))).ConvertAll(x => LogBody.Parser.ParseFrom(x.Body).Evidence);

    private static Task<HeldAccount> SayAsync(RunningIngest server, Guid person, string account) => server.QueryAsync(db => new HolderBook(db, server.Time).AddAsync(
        new HeldAccount { PersonId = person, Kind = HolderKind.Account, Value = account, From = ReportingDevice.Start.AddDays(-1) }, Ct));

    private static Task<Guid> PersonAsync(RunningIngest server, string name, string role) => server.QueryAsync(async db => (await new Roster(db, server.Time).AddAsync(name, null, role, by: null, Ct)).Id);
}
