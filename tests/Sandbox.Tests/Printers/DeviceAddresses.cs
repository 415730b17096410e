using CsCheck;
using Sandbox.Agent.Printing;

namespace Sandbox.Tests.Printers;

/// <summary>Addresses of devices without what may be secret in them.</summary>
public sealed class DeviceAddresses
{
    [Theory]
    [InlineData("file:///dev/null", "file:///dev/null"), InlineData("socket://192.0.2.7:9100", "socket://192.0.2.7:9100"), InlineData("ipp://[fe80::1%25eth0]:631/ipp/print", "ipp://[fe80::1%25eth0]:631/ipp/print")]
    [InlineData("usb://HP/LaserJet%20P2055dn?serial=CN1234&interface=1", "usb://HP/LaserJet%20P2055dn?serial=CN1234&interface=1"), InlineData("hp:/net/HP_LaserJet?ip=192.0.2.7&password=S3CRET", "hp:/net/HP_LaserJet?ip=192.0.2.7")]
    [InlineData("dnssd://HP%20LaserJet%20%5BA1%5D._ipp._tcp.local/?uuid=2f0e8c4e-5d2c", "dnssd://HP%20LaserJet%20%5BA1%5D._ipp._tcp.local/?uuid=2f0e8c4e-5d2c"), InlineData("parallel:/dev/lp0", "parallel:/dev/lp0")]
    [InlineData("lpd://elif@printer.lab/queue?reserve=yes", "lpd://printer.lab/queue"), InlineData("ipps://elif:S3CRET@printer.lab/ipp", "ipps://printer.lab/ipp"), InlineData("smb://LAB;elif:S3/CR@ET@server/laser", "smb://server/laser")]
    [InlineData("beh:/1/3/5/ipp://elif:S3CRET@printer.lab/ipp", "beh:printer.lab/ipp"), InlineData("cups-pdf:/", "cups-pdf:/")]
    public void What_tells_devices_apart_is_kept(string address, string shown) => Assert.Equal(shown, DeviceAddress.Shown(address));

    [Theory]
    [InlineData("smb://elif:S3?CRET@server/laser", "smb:withheld"), InlineData("smb://elif:S3#CRET@server/laser", "smb:withheld"), InlineData("smb://elif:S3CRET/laser", "smb:withheld"), InlineData("no address", "withheld"), InlineData("", "withheld")]
    [InlineData("ipp://printer/?token=x@S3CRET", "ipp:withheld"), InlineData("ipp://printer/password=S3CRET", "ipp:withheld")]
    public void Where_a_password_may_end_anywhere_nothing_is_shown(string address, string shown) => Assert.Equal(shown, DeviceAddress.Shown(address));

    [Fact]
    public void Nothing_before_an_at_sign_is_ever_shown() => Gen.Select(Gen.String[Gen.Char["ab1:/.,;$ @?#&=[]%-"], 0, 14], Gen.OneOfConst("smb://", "ipp://", "lpd://", "usb:", "beh:/1/ipp://"))
        .Sample((text, scheme) => !DeviceAddress.Shown($"{scheme}{text}S3CRET{text}@host/x").Contains("S3CRET", StringComparison.Ordinal), iter: Fuzz.Times(5000), threads: 1);

    [Fact]
    public void No_text_breaks_it() => Gen.String.Sample(text => DeviceAddress.Shown(text).Length < 310, iter: Fuzz.Times(3000), threads: 1);
}
