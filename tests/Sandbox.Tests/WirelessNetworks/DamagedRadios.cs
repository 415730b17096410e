using CsCheck;
using Sandbox.Agent.Collecting;
using Sandbox.Agent.Wifi;
using Sandbox.Protocol;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>Whatever comes in place of the kernel's answer ends in a fact.</summary>
public sealed class DamagedRadios
{
    [Fact]
    public void An_answer_that_ends_early_never_throws()
    {
        for (var length = 0; length < 200; length++) Assert.True(Read(datagram => datagram[..Math.Min(length, datagram.Length)]).Joined.Count <= 1);
    }

    [Fact]
    public void Bytes_that_changed_on_the_way_never_throw() => Gen.Select(Gen.Int[0, 200], Gen.Byte).Array[1, 6].Sample(
        changes => Read(datagram =>
        {
            var bytes = datagram.ToArray();
            foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
            return bytes;
        }).Joined.Count <= 100,
        iter: Fuzz.Times(3000), threads: 1);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 300].Sample(
        bytes =>
        {
            _ = WirelessInterface.Of(bytes);
            _ = JoinedPoint.Of(bytes);
            _ = JoinedPoint.Of(NetlinkBytes.Nest(47, NetlinkBytes.Number(9, 1), NetlinkBytes.Short(5, 0x11), NetlinkBytes.Attribute(6, bytes)));
            _ = AskedSecurity.Of(Radio.Element(48, [.. bytes.Take(255)]), 0) + (int)AskedSecurity.Of([221, 200, 0, 0x50, 0xf2, 1, .. bytes], 0);
            _ = JoinChanges.IsOne(bytes);
            _ = Read(_ => bytes);
        },
        iter: Fuzz.Times(3000), threads: 1);

    [Fact]
    public void An_answer_without_an_end_is_left_after_a_while()
    {
        var endless = new Endless();

        var unseen = Read(endless).Unseen;

        Assert.Equal("the kernel's answer has no end", unseen.Single().Why);
        Assert.InRange(endless.Given, 1, 1100);
    }

    private static WiFi Read(Func<byte[], byte[]> onTheWay) =>
        Read(new Radio { OnTheWay = onTheWay }.With(3, "wlan0", "Lab", Radio.Point(null, Radio.Psk), Radio.Point(1, [.. Radio.Element(0, 0x4c), .. Radio.Sae, .. Radio.Wpa(2)])));

    private static WiFi Read(IGenericNetlink kernel)
    {
        var fact = new WiFi();
        JoinedNetworks.Describe(kernel, fact, new UnseenNotes(fact.Unseen));
        return fact;
    }

    private sealed class Endless : IGenericNetlink
    {
        public int Given { get; private set; }

        public IEnumerable<ReadOnlyMemory<byte>> Ask(byte[] request)
        {
            while (true)
            {
                Given++;
                yield return NetlinkBytes.Message(16, 1, NetlinkBytes.Short(1, 16), NetlinkBytes.Text(2, "nlctrl"));
            }
        }
    }
}
