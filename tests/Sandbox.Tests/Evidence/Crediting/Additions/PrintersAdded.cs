using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 1.5: printers that somebody set up, and everything that only looks like it.</summary>
public sealed class PrintersAdded
{
    private const string Real = "ipp://printer.lab:631/ipp/print";
    private readonly Watched _device = At.Device(Of(Queue("old", "socket://192.0.2.9")), new Protocol.OperatingSystem { HostName = "bench-1.lab" },
        new NetworkInterfaces { Interfaces = { new NetworkInterface { Name = "eth0", Addresses = { "192.0.2.7/24" } } } });

    [Fact]
    public void A_printer_that_was_not_there_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Does(_device.Now, Action.ChangePrinter, "printer", "office")).Says(With(Queue("office", Real))).Only;

        Assert.Equal(("1.5", "printer.added", "printer office (printer.lab)"), (item.Line, item.Act, item.Target));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Contains("whether a page came out is not seen", item.GradeReason, StringComparison.Ordinal);
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Theory]
    [InlineData("socket://192.0.2.8"), InlineData("lpd://192.0.2.8/queue"), InlineData("ipps://[2001:db8::8]/ipp/print"), InlineData("usb://HP/LaserJet?serial=CN123")]
    public void A_printer_is_at_such_an_address(string device) => Assert.Single(_device.Says(With(Queue("office", device))).Evidence);

    [Theory]
    [InlineData("file:///dev/null"), InlineData("cups-pdf:/"), InlineData("ipp://localhost:631/printers/x"), InlineData("socket://127.0.0.1:9100"), InlineData("ipp://[::1]/ipp"), InlineData("socket://192.0.2.7")]
    [InlineData("ipp://ip6-loopback/ipp"), InlineData("socket://[::ffff:127.0.0.2]"), InlineData("socket://127.1"), InlineData("ipp://bench-1.lab/ipp"), InlineData("ipp://Bench-1/ipp"), InlineData("implicitclass://office/"), InlineData("smb:withheld"), InlineData("withheld"), InlineData("socket://0.0.0.0")]
    public void No_printer_is_at_such_an_address(string device) => Assert.Empty(_device.Says(With(Queue("office", device))).Evidence);

    [Fact]
    public void A_queue_that_made_itself_does_not_count() => Assert.Empty(_device.Says(With(Queue("office", Real, one => one.Automatic = true))).Evidence);

    [Fact]
    public void A_queue_of_which_that_is_not_known_does_not() => Assert.Empty(_device.Says(With(Queue("office", Real, one => one.ClearAutomatic()))).Evidence);

    [Fact]
    public void A_class_is_no_printer() => Assert.Empty(_device.Says(With(Queue("all", Real, one => one.IsClass = true))).Evidence);

    [Fact]
    public void A_second_queue_to_a_printer_that_had_one_is_no_new_printer() => Assert.Empty(_device.Says(With(Queue("again", "socket://192.0.2.9"))).Evidence);

    [Theory]
    [InlineData("ipp://192.0.2.9/ipp/print"), InlineData("socket://192.0.2.9:9100"), InlineData("lpd://192.0.2.9/a"), InlineData("SOCKET://192.0.2.9/")]
    public void Its_address_written_in_another_way_is_no_new_printer_either(string device) => Assert.Empty(_device.Says(With(Queue("again", device))).Evidence);

    [Fact]
    public void Of_two_queues_to_one_printer_one_counts() => Assert.Single(_device.Says(With(Queue("one", Real), Queue("two", Real))).Evidence);

    [Fact]
    public void A_credited_printer_under_another_name_is_the_same_one()
    {
        _device.Says(With(Queue("office", Real))).After(At.Day).SaysTheSame();

        Assert.Equal(EvidenceState.Held, _device.Says(With(Queue("renamed", Real))).Only.State);
    }

    [Fact]
    public void A_queue_that_was_there_and_is_removed_and_made_again_does_not_count() => Assert.Empty(_device.Says(Of()).After(At.Minute).Says(With()).Evidence);

    [Fact]
    public void What_was_removed_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(With(Queue("office", Real))).After(At.Minute).Says(With()).Only.State);

    [Fact]
    public void What_was_led_elsewhere_within_the_day_earns_nothing() =>
        Assert.Equal(EvidenceState.Undone, _device.Says(With(Queue("office", Real))).After(At.Minute).Says(With(Queue("office", "file:///dev/null"))).Only.State);

    [Fact]
    public void While_CUPS_does_not_answer_nothing_is_taken_back() =>
        Assert.Equal(EvidenceState.Watched, _device.Says(With(Queue("office", Real))).After(At.Minute).Says(new Printing { Installed = true, Source = Printing.Types.Source.Files }).Only.State);

    [Fact]
    public void Files_that_may_lack_queues_are_no_beginning() =>
        Assert.Empty(At.Device(new Printing { Installed = true, Source = Printing.Types.Source.Files }).Says(With(Queue("office", Real))).Evidence);

    [Fact]
    public void A_machine_without_CUPS_is_one() => Assert.Single(At.Device(new Printing()).Says(Of(Queue("office", Real))).Evidence);

    [Fact]
    public void The_command_tells_as_well() =>
        Assert.Equal(Doing.Anna, _device.Tells(At.Runs(_device.Now, "/usr/sbin/lpadmin", "-p", "office", "-E")).Says(With(Queue("office", Real))).Only.Person);

    [Theory]
    [InlineData("-p", "other"), InlineData("-x", "office"), InlineData("-d", "office")]
    public void Another_command_does_not(params string[] arguments) =>
        Assert.Null(_device.Tells(At.Runs(_device.Now, "/usr/sbin/lpadmin", arguments)).Says(With(Queue("office", Real))).Only.Person);

    private static Printing With(params PrintQueue[] more) => Of([Queue("old", "socket://192.0.2.9"), .. more]);

    private static Printing Of(params PrintQueue[] queues) => new() { Installed = true, Source = Printing.Types.Source.Asked, Queues = { queues } };

    private static PrintQueue Queue(string name, string device, Action<PrintQueue>? change = null)
    {
        var queue = new PrintQueue { Name = name, Device = device, Automatic = false, IsClass = false };
        change?.Invoke(queue);
        return queue;
    }
}
