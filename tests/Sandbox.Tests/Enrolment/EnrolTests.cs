using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Evidence;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Log;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Enrolment;

public sealed class EnrolTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_good_code_makes_a_device_of_its_person()
    {
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server), "bench-1");

        var device = await _server.InStoreAsync(db => db.Devices.SingleAsync());
        Assert.Equal((DeviceId.From(reply.DeviceId.Span), "bench-1", DeviceState.Active), (device.Id, device.Name, device.State));
        Assert.Equal(await _server.InStoreAsync(db => db.Users.Select(x => x.Id).SingleAsync()), device.OwnerId);
    }

    [Fact]
    public async Task Faults_are_allowed_only_by_who_says_so_with_each_enrolment()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server);

        await machine.EnrolAsync(token, adjust: request => request.AllowFaults = true);
        Assert.True(await _server.InStoreAsync(db => db.Devices.Select(d => d.FaultsAllowed).SingleAsync()));

        // A reply was lost, and the second time nobody says so.
        await machine.EnrolAsync(token);
        Assert.False(await _server.InStoreAsync(db => db.Devices.Select(d => d.FaultsAllowed).SingleAsync()));
    }

    [Fact]
    public async Task A_renewal_allows_nothing()
    {
        using var machine = await Machine.EnrolledAsync(_server);

        await machine.RenewAsync();

        Assert.False(await _server.InStoreAsync(db => db.Devices.Select(d => d.FaultsAllowed).SingleAsync()));
    }

    [Fact]
    public async Task The_server_names_the_subject_and_ignores_what_the_request_says()
    {
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server));

        Assert.Equal($"CN={DeviceId.From(reply.DeviceId.Span)}", machine.Certificate!.Subject);
    }

    [Fact]
    public async Task The_reply_tells_the_servers_time()
    {
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server));

        Assert.Equal(_server.Time.GetUtcNow(), reply.ServerTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task A_lost_reply_does_not_burn_the_code()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server);
        var lost = await machine.EnrolAsync(token);

        var again = await machine.EnrolAsync(token);

        Assert.Equal(lost.DeviceId, again.DeviceId);
        Assert.NotEqual(lost.Certificate, again.Certificate);
        Assert.Equal(1, await _server.InStoreAsync(db => db.Devices.CountAsync()));
        await machine.RenewAsync();
    }

    [Fact]
    public async Task Of_two_machines_that_redeem_one_code_at_once_one_wins()
    {
        var token = await Machine.TokenAsync(_server);
        using var one = new Machine(_server);
        using var other = new Machine(_server);

        var outcomes = await Task.WhenAll(Outcome(() => one.EnrolAsync(token)), Outcome(() => other.EnrolAsync(token)));

        Assert.Equal(["", "CODE_USED"], outcomes.Order());
        Assert.Equal(1, await _server.InStoreAsync(db => db.Devices.CountAsync()));
    }

    [Fact]
    public async Task Thirty_machines_behind_one_address_enrol_at_once()
    {
        var tokens = new List<byte[]>();
        for (var i = 0; i < 30; i++) tokens.Add(await Machine.TokenAsync(_server));
        var machines = tokens.ConvertAll(_ => new Machine(_server));

        var replies = await Task.WhenAll(machines.Zip(tokens, (machine, token) => machine.EnrolAsync(token, "pc")));

        Assert.Equal(30, replies.Select(x => x.DeviceName).Distinct().Count());
        machines.ForEach(x => x.Dispose());
    }

    [Fact]
    public async Task A_taken_name_gets_a_number()
    {
        using var first = await Machine.EnrolledAsync(_server, "bench");
        using var second = new Machine(_server);

        var reply = await second.EnrolAsync(await Machine.TokenAsync(_server), "Bench");

        Assert.Equal("Bench-2", reply.DeviceName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  \t\n ")]
    public async Task A_machine_without_a_name_gets_one_from_its_id(string? name)
    {
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server), name);

        Assert.Equal($"device-{DeviceId.From(reply.DeviceId.Span).ToString()[..6]}", reply.DeviceName);
    }

    [Fact]
    public async Task A_name_of_any_length_is_cut_to_64_characters()
    {
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server), new string('n', 200));

        Assert.Equal(new string('n', 64), reply.DeviceName);
    }

    [Fact]
    public async Task A_replacement_takes_the_name_and_retires_the_old_device()
    {
        using var old = await Machine.EnrolledAsync(_server, "door");
        var before = await _server.InStoreAsync(db => db.Devices.SingleAsync());
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server, replaces: before.Id), "factory-name");

        var after = await _server.InStoreAsync(db => db.Devices.SingleAsync(x => x.Id == before.Id));
        Assert.Equal(("door", DeviceState.Retired, DeviceId.From(reply.DeviceId.Span)), (reply.DeviceName, after.State, after.ReplacedBy));
        Assert.Equal("DEVICE_RETIRED", (await Refusals.RefusedAsync(() => old.RenewAsync())).Reason);
    }

    [Fact]
    public async Task What_people_said_of_a_device_goes_on_for_the_one_that_replaces_it_and_stands_in_the_log()
    {
        using var old = await Machine.EnrolledAsync(_server, "kiosk");
        var before = await _server.InStoreAsync(db => db.Devices.SingleAsync());
        var by = Guid.NewGuid();
        await _server.InStoreAsync(async db =>
        {
            await db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.Role, DeviceRole.Server));
            db.DeviceGroups.Add(new GroupMember { DeviceId = before.Id, Group = "kiosks" });
            StoredMark Mark(string account, DeviceId? on, DateTimeOffset? withdrawn = null) => new() { Id = Guid.NewGuid(), DeviceId = on, Account = account, Since = new DateOnly(2026, 2, 27), Reason = "a note", MarkedAt = before.EnrolledAt, MarkedBy = by, WithdrawnAt = withdrawn };
            db.CompromiseMarks.AddRange(Mark("noor", before.Id), Mark("anna", null), Mark("ben", before.Id, before.EnrolledAt));
            return await db.SaveChangesAsync();
        });
        using var machine = new Machine(_server);

        var heir = DeviceId.From((await machine.EnrolAsync(await Machine.TokenAsync(_server, replaces: before.Id), "factory-name")).DeviceId.Span);

        var about = await _server.InStoreAsync(db => db.AboutAsync(heir, default));
        Assert.Equal((DeviceRole.Server, "kiosks", "anna noor"), (about.Role, Assert.Single(about.Groups), string.Join(' ', about.Marks.Select(one => one.Account).Order(StringComparer.Ordinal))));
        Assert.True((await _server.InStoreAsync(db => db.AboutAsync(before.Id, default))).SaysTheSameAs(about));
        var said = (await _server.InStoreAsync(db => db.LogEntries.Where(x => x.DeviceId == heir && (x.Kind == EntryKind.Scope || x.Kind == EntryKind.Compromise)).OrderBy(x => x.Id).Select(x => x.Body!).ToListAsync())).ConvertAll(LogBody.Parser.ParseFrom);
        Assert.Equal(("server", "kiosks", "noor", by), (said[0].DeviceScoped.Role, said[0].DeviceScoped.Groups.Single(), said[1].AccountMarked.Account, LogId.From(said[1].AccountMarked.SaidBy)!.Value));
    }

    [Fact]
    public async Task An_RSA_key_of_3072_bits_is_taken()
    {
        using var key = RSA.Create(3072);
        using var machine = new Machine(_server);

        var reply = await machine.EnrolAsync(await Machine.TokenAsync(_server), request: machine.Request(key));

        using var certificate = X509CertificateLoader.LoadCertificate(reply.Certificate.Span);
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task A_clock_that_is_off_is_said_in_words()
    {
        using var machine = new Machine(_server);
        var hoursAhead = Timestamp.FromDateTimeOffset(_server.Time.GetUtcNow().AddHours(3));

        await machine.EnrolAsync(await Machine.TokenAsync(_server), "late", adjust: x => x.SentAt = hoursAhead);

        Assert.Contains(_server.Log, line => line.Contains("3 hours ahead of this server's", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_clock_out_of_all_bounds_is_no_reason_to_fail()
    {
        using var machine = new Machine(_server);

        await machine.EnrolAsync(await Machine.TokenAsync(_server), adjust: x => x.SentAt = new Timestamp { Seconds = long.MaxValue });

        Assert.Equal(1, await _server.InStoreAsync(db => db.Devices.CountAsync()));
    }

    [Fact]
    public async Task No_token_reaches_the_log_at_any_level()
    {
        var token = await Machine.TokenAsync(_server);
        using var machine = await Machine.EnrolledAsync(_server);
        await Outcome(() => machine.EnrolAsync(token));
        await Outcome(() => machine.EnrolAsync(new byte[16]));

        string[] forms = [Convert.ToHexString(token), Convert.ToBase64String(token), string.Join(", ", token)];
        Assert.DoesNotContain(_server.Log, line => forms.Any(form => line.Contains(form, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<string> Outcome(Func<Task> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (RpcException refused)
        {
            return refused.Trailers.GetValue(Wire.ReasonTrailer) ?? refused.ToString();
        }
    }

    [Fact]
    public async Task A_class_of_thirty_behind_one_address_may_be_wrong_once_each_and_enrol_at_once()
    {
        var tokens = new List<byte[]>();
        for (var i = 0; i < 30; i++) tokens.Add(await Machine.TokenAsync(_server));

        await Task.WhenAll(tokens.Select(async (token, i) =>
        {
            using var machine = new Machine(_server);
            await Assert.ThrowsAsync<RpcException>(() => machine.EnrolAsync(new byte[16]));
            await machine.EnrolAsync(token, $"bench-{i}");
        }));

        Assert.Equal(30, await _server.InStoreAsync(db => db.Devices.CountAsync()));
    }
}
