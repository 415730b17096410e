using CsCheck;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.Identity;

public sealed class RenewalTests : IDisposable
{
    private readonly LabAuthority _authority = new();

    [Fact]
    public void A_certificate_of_14_days_is_renewed_at_half_its_life_give_or_take_a_tenth() =>
        Gen.Byte.Sample(last =>
        {
            var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

            var due = Renewal.DueAt(from, from.AddDays(14), [1, 2, last]);

            Assert.InRange((due - from).TotalDays, 7 * 0.9, 7 * 1.1 + 0.001);
        });

    [Fact]
    public void Certificates_of_one_hour_are_renewed_at_different_times()
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.NotEqual(Renewal.DueAt(from, from.AddDays(14), [1]), Renewal.DueAt(from, from.AddDays(14), [200]));
    }

    [Fact]
    public async Task A_certificate_past_half_its_life_is_exchanged_for_one_over_the_same_key()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address, from: LabAuthority.Now.AddDays(-9));
        var before = device.Identity.Certificate;

        await Renew(device, () => server.Enrolments.Renewals.Count == 1 && device.Identity.Certificate.SerialNumber != before.SerialNumber);

        Assert.Equal(before.PublicKey.ExportSubjectPublicKeyInfo(), device.Identity.Certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task The_next_certificate_is_on_disk()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address, from: LabAuthority.Now.AddDays(-9));
        var before = device.Identity.Certificate.SerialNumber;

        await Renew(device, () => device.Identity.Certificate.SerialNumber != before);

        using var reloaded = DeviceIdentity.Load(device.Folders);
        Assert.Equal(device.Identity.Certificate.SerialNumber, reloaded.Certificate.SerialNumber);
    }

    [Fact]
    public async Task A_young_certificate_is_left_alone()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        using var renewal = new Renewal(device.Identity, TimeProvider.System, NullLogger<Renewal>.Instance);
        await renewal.RunAsync(stop.Token);

        Assert.Empty(server.Enrolments.Renewals);
    }

    [Fact]
    public async Task A_refused_renewal_leaves_the_certificate_as_it_is()
    {
        await using var server = await LabServer.StartAsync(_authority);
        server.Enrolments.TurnsAway = StreamScript.Refusal(Reason.DeviceRevoked, StatusCode.PermissionDenied, "so it is");
        using var device = new EnrolledDevice(_authority, server.Address, from: LabAuthority.Now.AddDays(-9));
        var before = device.Identity.Certificate.SerialNumber;

        await Renew(device, () => server.Enrolments.Renewals.Count == 1);

        Assert.Equal(before, device.Identity.Certificate.SerialNumber);
    }

    [Fact]
    public async Task A_clock_far_ahead_renews_once_an_hour_at_most()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address);
        using var renewal = new Renewal(device.Identity, new FakeTimeProvider(LabAuthority.Now.AddDays(10)), NullLogger<Renewal>.Instance);

        await renewal.StartAsync(Ct);
        await RunningUplink.Until(() => !server.Enrolments.Renewals.IsEmpty, "it was not renewed");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);
        await renewal.StopAsync(Ct);

        Assert.Single(server.Enrolments.Renewals);
    }

    [Fact]
    public async Task A_certificate_that_the_server_calls_expired_is_renewed_at_once_however_young()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address);
        using var renewal = new Renewal(device.Identity, TimeProvider.System, NullLogger<Renewal>.Instance);
        await renewal.StartAsync(Ct);

        await RunningUplink.Until(
            () =>
            {
                device.Identity.Expired.Beat();
                return !server.Enrolments.Renewals.IsEmpty;
            },
            "it was not renewed");

        await renewal.StopAsync(Ct);
    }

    [Fact]
    public async Task A_machine_that_slept_through_its_new_certificate_within_the_hour_renews_again()
    {
        await using var server = await LabServer.StartAsync(_authority);
        using var device = new EnrolledDevice(_authority, server.Address);
        var time = new FakeTimeProvider(LabAuthority.Now.AddDays(10));
        using var renewal = new Renewal(device.Identity, time, NullLogger<Renewal>.Instance);
        await renewal.StartAsync(Ct);
        await RunningUplink.Until(() => !server.Enrolments.Renewals.IsEmpty, "it was not renewed");

        await RunningUplink.Until(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                device.Identity.Expired.Beat();
                return server.Enrolments.Renewals.Count == 2;
            },
            "it was not renewed again");

        await renewal.StopAsync(Ct);
        Assert.InRange(time.GetUtcNow(), LabAuthority.Now.AddDays(10).AddMinutes(1), LabAuthority.Now.AddDays(10).AddMinutes(59));
    }

    [Fact]
    public void Failed_renewals_are_tried_again_within_a_minute() =>
        Gen.Int[0, int.MaxValue].Sample(failed => Assert.InRange(Renewal.WaitAfter(failed).TotalSeconds, 4.5, 60));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _authority.Dispose();

    private static async Task Renew(EnrolledDevice device, Func<bool> done)
    {
        using var stop = new CancellationTokenSource();
        using var renewal = new Renewal(device.Identity, TimeProvider.System, NullLogger<Renewal>.Instance);
        await renewal.StartAsync(stop.Token);
        await RunningUplink.Until(done, "it was not renewed");
        await renewal.StopAsync(TestContext.Current.CancellationToken);
    }
}
