using System.Net;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Server.Enrolment;

namespace Sandbox.Tests.Enrolment;

public sealed class WrongCodesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WrongCodes _wrong;

    public WrongCodesTests() => _wrong = new WrongCodes(_time);

    [Fact]
    public void One_failure_too_few_needs_no_patience()
    {
        Fail("192.0.2.1", WrongCodes.Most - 1);

        Assert.Null(Wait("192.0.2.1"));
    }

    [Fact]
    public void The_window_slides()
    {
        Fail("192.0.2.1", 1);
        _time.Advance(TimeSpan.FromMinutes(4));
        Fail("192.0.2.1", WrongCodes.Most - 1);

        Assert.Equal(TimeSpan.FromMinutes(6), Wait("192.0.2.1"));
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(Wait("192.0.2.1"));
    }

    [Fact]
    public void Another_address_is_not_concerned()
    {
        Fail("192.0.2.1", WrongCodes.Most);

        Assert.Null(Wait("192.0.2.2"));
    }

    [Fact]
    public void A_mapped_address_is_the_same_as_the_plain_one()
    {
        Fail("::ffff:192.0.2.1", WrongCodes.Most);

        Assert.NotNull(Wait("192.0.2.1"));
    }

    [Fact]
    public void An_IPv6_network_of_64_bits_counts_as_one()
    {
        Fail("2001:db8:1:2::1", WrongCodes.Most);

        Assert.NotNull(Wait("2001:db8:1:2:ffff::9"));
        Assert.Null(Wait("2001:db8:1:3::1"));
    }

    private void Fail(string address, int times)
    {
        for (var i = 0; i < times; i++) _wrong.Failed(IPAddress.Parse(address));
    }

    private TimeSpan? Wait(string address) => _wrong.Wait(IPAddress.Parse(address));

    [Fact]
    public void A_network_of_many_addresses_is_stopped_and_its_neighbour_is_not()
    {
        var wrong = new WrongCodes(new FakeTimeProvider());
        for (var i = 0; i < WrongCodes.MostOfNetwork; i++) wrong.Failed(new IPAddress([192, 0, 2, (byte)(1 + (i % 200))]));

        Assert.NotNull(wrong.Wait(IPAddress.Parse("192.0.2.250")));
        Assert.Null(wrong.Wait(IPAddress.Parse("192.0.3.1")));
    }

    [Fact]
    public void A_site_that_changes_its_IPv6_network_with_each_try_is_stopped()
    {
        var wrong = new WrongCodes(new FakeTimeProvider());
        for (var i = 0; i < WrongCodes.MostOfNetwork; i++) wrong.Failed(IPAddress.Parse($"2001:db8:1:{i:x}::1"));

        Assert.NotNull(wrong.Wait(IPAddress.Parse("2001:db8:1:ffff::1")));
        Assert.Null(wrong.Wait(IPAddress.Parse("2001:db8:2::1")));
    }

    [Fact]
    public void A_code_that_is_refused_again_and_again_waits_from_wherever_it_comes()
    {
        var time = new FakeTimeProvider();
        var wrong = new WrongCodes(time);
        byte[] token = [1, 2, 3];
        for (var i = 0; i < WrongCodes.MostOfCode; i++) wrong.Failed(new IPAddress([10, 0, (byte)i, 1]), token);

        Assert.Equal(WrongCodes.Window, wrong.Wait(token));
        Assert.Null(wrong.Wait([1, 2, 4]));
        time.Advance(WrongCodes.Window);
        Assert.Null(wrong.Wait(token));
    }
}
