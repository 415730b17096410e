using Sandbox.Server.Dashboard.Words;

namespace Sandbox.Tests.Dashboard;

public sealed class PeersTests
{
    [Theory]
    [InlineData("::ffff:192.0.2.17", "192.0.2.17"), InlineData("192.0.2.17", "192.0.2.17"), InlineData("2001:db8::1", "2001:db8::1"), InlineData("somewhere", "somewhere")]
    public void An_address_is_written_as_people_know_it(string peer, string words) => Assert.Equal(words, Peers.Of(peer));
}
