using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Enrolment;
using Sandbox.Storage.Devices;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Enrolment;

/// <summary>Each refusal names its reason, creates nothing and burns nothing.</summary>
public sealed class RefusedEnrolmentTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(16)]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task A_code_that_was_never_made(int length)
    {
        using var machine = new Machine(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(new byte[length]));

        Assert.Equal((StatusCode.PermissionDenied, "CODE_UNKNOWN"), (status, reason));
        await NothingWasMade();
    }

    [Fact]
    public async Task A_code_whose_time_is_over_by_the_servers_clock()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server, TimeSpan.FromMinutes(5));
        _server.Time.Advance(TimeSpan.FromMinutes(5));

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(token));

        Assert.Equal((StatusCode.PermissionDenied, "CODE_EXPIRED"), (status, reason));
        await NothingWasMade();
    }

    [Fact]
    public async Task A_code_that_was_withdrawn()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server);
        await _server.InStoreAsync(db => db.Codes.ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, _server.Time.GetUtcNow())));

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(token));

        Assert.Equal((StatusCode.PermissionDenied, "CODE_REVOKED"), (status, reason));
        await NothingWasMade();
    }

    [Fact]
    public async Task A_code_that_another_key_has_redeemed()
    {
        var token = await Machine.TokenAsync(_server);
        using var first = new Machine(_server);
        await first.EnrolAsync(token);
        using var second = new Machine(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(() => second.EnrolAsync(token));

        Assert.Equal((StatusCode.PermissionDenied, "CODE_USED"), (status, reason));
        Assert.Equal(1, await _server.InStoreAsync(db => db.Devices.CountAsync()));
        await first.RenewAsync();
    }

    [Fact]
    public async Task A_key_that_is_enrolled_under_another_code_leaves_the_second_code_good()
    {
        using var machine = await Machine.EnrolledAsync(_server);
        var second = await Machine.TokenAsync(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(second));

        Assert.Equal((StatusCode.AlreadyExists, "KEY_TAKEN"), (status, reason));
        using var other = new Machine(_server);
        await other.EnrolAsync(second);
    }

    [Fact]
    public async Task A_request_whose_signature_does_not_fit_leaves_the_code_good()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server);
        var forged = machine.Request();
        forged[^1] ^= 1;

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(token, request: forged));

        Assert.Equal((StatusCode.InvalidArgument, "CSR_INVALID"), (status, reason));
        await NothingWasMade();
        await machine.EnrolAsync(token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_request_that_is_no_request(int length)
    {
        using var machine = new Machine(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(async () => await machine.EnrolAsync(await Machine.TokenAsync(_server), request: new byte[length]));

        Assert.Equal((StatusCode.InvalidArgument, "CSR_INVALID"), (status, reason));
        await NothingWasMade();
    }

    [Fact]
    public async Task A_curve_that_is_not_P256()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        await KeyIsRefused(key);
    }

    [Fact]
    public async Task An_RSA_key_of_2048_bits()
    {
        using var key = RSA.Create(2048);

        await KeyIsRefused(key);
    }

    [Fact]
    public async Task A_device_that_was_revoked_does_not_come_back_with_its_old_code()
    {
        var token = await Machine.TokenAsync(_server);
        using var machine = new Machine(_server);
        await machine.EnrolAsync(token);
        await _server.InStoreAsync(db => db.Devices.ExecuteUpdateAsync(set => set.SetProperty(x => x.State, DeviceState.Revoked)));

        var (status, reason, _) = await Refusals.RefusedAsync(() => machine.EnrolAsync(token));

        Assert.Equal((StatusCode.PermissionDenied, "DEVICE_REVOKED"), (status, reason));
    }

    [Fact]
    public async Task Too_many_wrong_codes_end_for_a_while_and_say_how_long()
    {
        using var machine = new Machine(_server);
        for (var i = 0; i < WrongCodes.Most; i++) await Refusals.RefusedAsync(() => machine.EnrolAsync(RandomNumberGenerator.GetBytes(16)));

        var (status, reason, fault) = await Refusals.RefusedAsync(() => machine.EnrolAsync(RandomNumberGenerator.GetBytes(16)));

        Assert.Equal((StatusCode.ResourceExhausted, "TOO_MANY_TRIES"), (status, reason));
        Assert.Equal("600", fault.Trailers.GetValue("retry-after"));
        _server.Time.Advance(WrongCodes.Window);
        Assert.Equal("CODE_UNKNOWN", (await Refusals.RefusedAsync(() => machine.EnrolAsync(RandomNumberGenerator.GetBytes(16)))).Reason);
    }

    [Fact]
    public async Task A_machine_that_guesses_does_not_keep_the_class_behind_its_address_out()
    {
        using var guesses = new Machine(_server);
        for (var i = 0; i < WrongCodes.Most; i++) await Refusals.RefusedAsync(() => guesses.EnrolAsync(RandomNumberGenerator.GetBytes(16)));
        using var machine = new Machine(_server);

        await machine.EnrolAsync(await Machine.TokenAsync(_server), "seven");

        Assert.Equal("seven", await _server.InStoreAsync(db => db.Devices.Select(x => x.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_code_that_was_withdrawn_is_no_way_past_the_limit()
    {
        var withdrawn = await Machine.TokenAsync(_server);
        await _server.InStoreAsync(db => db.Codes.ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, _server.Time.GetUtcNow())));
        using var machine = new Machine(_server);
        for (var i = 0; i < WrongCodes.Most; i++) await Refusals.RefusedAsync(() => machine.EnrolAsync(RandomNumberGenerator.GetBytes(16)));

        Assert.Equal("TOO_MANY_TRIES", (await Refusals.RefusedAsync(() => machine.EnrolAsync(withdrawn))).Reason);
    }

    [Fact]
    public async Task A_request_beyond_all_measure_is_not_read()
    {
        using var machine = new Machine(_server);

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await machine.EnrolAsync(await Machine.TokenAsync(_server), request: new byte[20_000]));

        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
        await NothingWasMade();
    }

    [Fact]
    public async Task Every_refusal_stands_in_the_book_with_its_circumstances()
    {
        using var machine = new Machine(_server);
        var token = await Machine.TokenAsync(_server, TimeSpan.FromMinutes(5));
        _server.Time.Advance(TimeSpan.FromMinutes(5));

        await Refusals.RefusedAsync(() => machine.EnrolAsync(token));

        var row = await Eventually.NotNullAsync(() => _server.InStoreAsync(db => db.Refusals.AsNoTracking().SingleOrDefaultAsync()));
        var code = await _server.InStoreAsync(db => db.Codes.SingleAsync());
        Assert.Equal(Reason.CodeExpired, row.Reason);
        Assert.Contains(code.ShortName(), row.Detail, StringComparison.Ordinal);
    }

    private async Task KeyIsRefused(AsymmetricAlgorithm key)
    {
        using var machine = new Machine(_server);

        var (status, reason, _) = await Refusals.RefusedAsync(async () => await machine.EnrolAsync(await Machine.TokenAsync(_server), request: machine.Request(key)));

        Assert.Equal((StatusCode.InvalidArgument, "KEY_REFUSED"), (status, reason));
        await NothingWasMade();
    }

    private async Task NothingWasMade()
    {
        Assert.Equal(0, await _server.InStoreAsync(db => db.Devices.CountAsync()));
        Assert.Equal(0, await _server.InStoreAsync(db => db.Codes.CountAsync(x => x.RedeemedAt != null || x.DeviceId != null)));
    }
}
