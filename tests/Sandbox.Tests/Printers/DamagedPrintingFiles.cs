using CsCheck;
using Sandbox.Agent.Printing;
using Sandbox.Protocol;
using Sandbox.Tests.DamagedMachines;

namespace Sandbox.Tests.Printers;

/// <summary>Whatever lies where it looks, the collector ends with a fact.</summary>
public sealed class DamagedPrintingFiles
{
    private static readonly string[] Sources = ["etc/cups/cupsd.conf", "etc/cups/printers.conf", "etc/cups/classes.conf", "etc/cups", "run/cups/cups.sock", "run/cups", "var/spool/cups", "var/log/cups/page_log", "proc/77/comm", "proc"];

    [Theory]
    [InlineData(Damage.Pipe), InlineData(Damage.OtherKind), InlineData(Damage.Circle), InlineData(Damage.Junk), InlineData(Damage.Half), InlineData(Damage.EndlessLine), InlineData(Damage.Empty)]
    public async Task Each_source_may_be_damaged_alone(Damage damage)
    {
        foreach (var source in Sources)
        {
            using var machine = new PrintMachine().Running().With("etc/cups/printers.conf", "<DefaultPrinter lab>\nDeviceURI ipp://a:S3CRET@b/\nState Idle\n</DefaultPrinter>\n").With("etc/cups/classes.conf", "<Class c>\n</Class>\n");
            damage.DoTo(machine.Files.At(source));

            var fact = await machine.ReadAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

            Assert.InRange(fact.CalculateSize(), 1, 1 << 20);
        }
    }

    [Fact]
    public void No_text_breaks_the_readers() => Gen.String.Sample(text =>
    {
        var queues = new Dictionary<string, PrintQueue>();
        PrintersConf.Parse($"<Printer a>\nDeviceURI {text}\n{text}\nReason {text}\n</Printer>\n<{text}>\n", queues);
        _ = CupsPlaces.Network(text);
        return queues.Values.All(queue => queue.CalculateSize() < 10_000);
    }, iter: Fuzz.Times(3000), threads: 1);

    [Theory]
    [InlineData("localhost:631", "127.0.0.1:631"), InlineData("*:631", "127.0.0.1:631"), InlineData("631", "127.0.0.1:631"), InlineData("[::1]:8631", "[::1]:8631"), InlineData("[::]:631", "[::1]:631"), InlineData("192.0.2.1:631", "192.0.2.1:631")]
    [InlineData("printer.lab:631", null), InlineData("/run/cups/cups.sock", null), InlineData("localhost:0", null), InlineData("localhost:99999", null), InlineData("", null)]
    public void Addresses_that_CUPS_listens_on_are_asked_on_this_machine(string said, string? asked) => Assert.Equal(asked, CupsPlaces.Network(said)?.ToString());
}
