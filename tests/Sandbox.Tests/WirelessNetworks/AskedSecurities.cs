using Sandbox.Agent.Wifi;
using static Sandbox.Protocol.WiFiNetwork.Types;

namespace Sandbox.Tests.WirelessNetworks;

/// <summary>What an access point asks for, by the elements of its beacon.</summary>
public sealed class AskedSecurities
{
    private const ushort Open = 0x401, Private = 0x411;
    private static readonly byte[] Name = Radio.Element(0, 0x4c);

    [Theory]
    [InlineData(1, Security.Eap), InlineData(5, Security.Eap), InlineData(12, Security.Eap), InlineData(2, Security.WpaPsk), InlineData(4, Security.WpaPsk), InlineData(6, Security.WpaPsk)]
    [InlineData(8, Security.Wpa3Sae), InlineData(9, Security.Wpa3Sae), InlineData(24, Security.Wpa3Sae), InlineData(18, Security.Owe), InlineData(7, Security.Unspecified), InlineData(200, Security.Unspecified)]
    public void The_way_of_keys_tells(byte way, Security security) => Assert.Equal(security, AskedSecurity.Of([.. Name, .. Radio.Rsn(way)], Private));

    [Fact]
    public void Of_several_ways_the_weakest_counts()
    {
        Assert.Equal(Security.WpaPsk, AskedSecurity.Of(Radio.Rsn(8, 2), Private));
        Assert.Equal(Security.Wpa3Sae, AskedSecurity.Of(Radio.Rsn(200, 8, 1), Private));
        Assert.Equal(Security.WpaPsk, AskedSecurity.Of([.. Radio.Sae, .. Radio.Wpa(2)], Private));
    }

    [Theory]
    [InlineData(1, Security.Eap), InlineData(2, Security.WpaPsk), InlineData(8, Security.Unspecified)]
    public void Wpa_before_rsn_is_an_element_of_a_maker(byte way, Security security) => Assert.Equal(security, AskedSecurity.Of(Radio.Wpa(way), Private));

    [Fact]
    public void A_makers_other_element_says_nothing() => Assert.Equal(Security.Open, AskedSecurity.Of([.. Name, .. Radio.Element(221, 0, 0x50, 0xf2, 4, 1, 0)], Open));

    [Fact]
    public void Without_an_element_the_bit_of_privacy_tells()
    {
        Assert.Equal(Security.Wep, AskedSecurity.Of(Name, Private));
        Assert.Equal(Security.Open, AskedSecurity.Of(Name, Open));
    }

    [Fact]
    public void What_is_not_said_or_cut_off_is_not_open()
    {
        Assert.Equal(Security.Unspecified, AskedSecurity.Of(Name, null));
        Assert.Equal(Security.Unspecified, AskedSecurity.Of([], Open));
        Assert.Equal(Security.Unspecified, AskedSecurity.Of([.. Name, .. Radio.Psk[..^1]], Private));
    }

    [Fact]
    public void An_rsn_element_that_ends_before_its_ways_names_none()
    {
        var content = Radio.Psk[2..];

        for (var length = 0; length < 18; length++) Assert.Equal(Security.Unspecified, AskedSecurity.Of(Radio.Element(48, content[..length]), Private));
        Assert.Equal(Security.WpaPsk, AskedSecurity.Of(Radio.Element(48, content[..18]), Private));
    }
}
