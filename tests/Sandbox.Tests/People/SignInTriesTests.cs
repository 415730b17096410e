using System.Net;
using Sandbox.Server.People;

namespace Sandbox.Tests.People;

public sealed class SignInTriesTests : IDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private readonly SignInTries _tries = new();

    public void Dispose() => _tries.Dispose();

    [Fact]
    public void Names_that_change_do_not_get_an_address_past_its_own_bound()
    {
        var allowed = Enumerable.Range(0, 200).Count(i => _tries.Allows($"name{i}", Here));

        Assert.Equal(120, allowed);
    }

    [Fact]
    public void A_busy_address_does_not_slow_another()
    {
        for (var i = 0; i < 200; i++) _tries.Allows($"name{i}", Here);

        Assert.True(_tries.Allows("mara", IPAddress.Parse("192.0.2.2")));
    }

    [Fact]
    public void One_name_is_slowed_long_before_its_address()
    {
        var allowed = Enumerable.Range(0, 20).Count(_ => _tries.Allows("mara", Here));

        Assert.Equal((10, true), (allowed, _tries.Allows("elif", Here)));
    }
}
