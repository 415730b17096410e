using Sandbox.Protocol;
using static Sandbox.Protocol.Printing.Types;
using static Sandbox.Protocol.PrintQueue.Types;

namespace Sandbox.Tests.Printers;

/// <summary>What CUPS says when it is asked, and what becomes of a CUPS that does not answer as it should.</summary>
public sealed class AskedQueues : IDisposable
{
    private const int GetPrinters = 0x4002;
    private readonly PrintMachine _machine = new PrintMachine().Running();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_queue_is_told_with_everything_but_its_secrets()
    {
        await using var cups = Cups(Queue("lab", "ipp://elif:S3CRET@printer.lab/ipp/print").Text(0x42, "printer-uuid", "urn:uuid:1").Text(0x41, "printer-make-and-model", "HP LaserJet").Number(0x23, "printer-state", 5)
            .Text(0x44, "printer-state-reasons", "paused", "media-empty-warning").Truth("printer-is-accepting-jobs", false).Truth("printer-is-shared", true).Text(0x41, "printer-location", "Room 4.12").Text(0x41, "printer-info", "Lab")
            .Truth("printer-is-temporary", false).Number(0x23, "printer-type", 0x20004).Number(0x21, "printer-config-change-time", 1_732_590_000));

        var fact = await _machine.ReadAsync();

        Assert.Equal((Source.Asked, "/run/cups/cups.sock", "lab", 0), (fact.Source, fact.KnownFrom, fact.DefaultQueue, fact.Unseen.Count));
        Assert.Equal(
            new PrintQueue
            {
                Name = "lab", Device = "ipp://printer.lab/ipp/print", Uuid = "urn:uuid:1", MakeAndModel = "HP LaserJet", State = State.Stopped, StateReasons = { "paused", "media-empty-warning" }, Accepting = false, Shared = true,
                Location = "Room 4.12", Info = "Lab", Automatic = false, IsClass = false, ConfiguredAt = new() { Seconds = 1_732_590_000 },
            },
            fact.Queues.Single());
    }

    [Fact]
    public async Task What_CUPS_does_not_say_is_absent_and_neither_no_nor_0()
    {
        await using var cups = Cups(new IppAnswer().Group(4).Text(0x42, "printer-name", "lab").Text(0x44, "printer-state-reasons", "none"));

        Assert.Equal(new PrintQueue { Name = "lab" }, (await _machine.ReadAsync()).Queues.Single());
    }

    [Theory]
    [InlineData(true, 4), InlineData(false, 0x1000004)]
    public async Task A_printer_that_announced_itself_was_set_up_by_nobody(bool temporary, int type)
    {
        await using var cups = Cups(Queue("found", "ipp://found.local/ipp").Truth("printer-is-temporary", temporary).Number(0x23, "printer-type", type));

        Assert.True((await _machine.ReadAsync()).Queues.Single().Automatic);
    }

    [Fact]
    public async Task Jobs_have_the_name_that_their_sender_claims_and_no_title()
    {
        await using var cups = Cups(Queue("lab", "file:///dev/null"), new IppAnswer()
            .Group(2).Number(0x21, "job-id", 8).Number(0x23, "job-state", 9).Text(0x42, "job-originating-user-name", "anna").Number(0x21, "time-at-completed", 1_732_600_000).Number(0x21, "job-impressions-completed", 3).Text(0x42, "job-name", "S3CRET.pdf")
            .Group(2).Number(0x21, "job-id", 7).Number(0x23, "job-state", 7).Text(0x42, "job-originating-user-name", "elif").Value(0x13, "time-at-completed", []).Number(0x21, "job-impressions-completed", 0));

        var fact = await _machine.ReadAsync();

        Assert.Equal(
            [
                new PrintJob { Id = 7, Queue = "lab", State = PrintJob.Types.State.Canceled, ClaimedUser = "elif" },
                new PrintJob { Id = 8, Queue = "lab", State = PrintJob.Types.State.Completed, ClaimedUser = "anna", CompletedAt = new() { Seconds = 1_732_600_000 }, Impressions = 3 },
            ],
            fact.Jobs);
    }

    [Fact]
    public async Task Names_that_CUPS_keeps_to_itself_are_said_to_be_unseen_with_what_to_change()
    {
        await using var cups = Cups(Queue("lab", "file:///dev/null"), new IppAnswer().Group(2).Number(0x21, "job-id", 7).Number(0x23, "job-state", 9));

        var fact = await _machine.ReadAsync();

        Assert.False(fact.Jobs.Single().HasClaimedUser);
        Assert.Contains("JobPrivateAccess", Assert.Single(fact.Unseen).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_there_is_no_queue_is_an_answer()
    {
        await using var cups = new AnsweringCups(_machine.Socket, _ => AnsweringCups.Http(new IppAnswer(0x406).ToBytes()));

        var fact = await _machine.ReadAsync();

        Assert.Equal((Source.Asked, 0, 0), (fact.Source, fact.Queues.Count, fact.Unseen.Count));
    }

    [Fact]
    public async Task Each_queue_is_asked_for_its_jobs_over_one_connection()
    {
        await using var cups = Cups(Queue("a", "file:///x").Group(4).Text(0x42, "printer-name", "b").Number(0x23, "printer-type", 1), new IppAnswer());

        await _machine.ReadAsync();

        Assert.Equal([GetPrinters, 0x000A, 0x000A], cups.Questions.Select(AnsweringCups.Operation));
    }

    [Fact]
    public async Task Whoever_may_not_ask_is_told_to_become_root_and_the_files_are_read()
    {
        _machine.With("etc/cups/printers.conf", "<Printer saved>\nState Idle\n</Printer>\n");
        await using var cups = new AnsweringCups(_machine.Socket, _ => AnsweringCups.Http([], "403 Forbidden"));

        var fact = await _machine.ReadAsync();

        Assert.Equal((Source.Files, "saved"), (fact.Source, fact.Queues.Single().Name));
        Assert.Contains(fact.Unseen, unseen => unseen is { What: "/run/cups/cups.sock", Why: "permission denied", HasRemedy: true });
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello"), InlineData("SSH-2.0-OpenSSH\r\n\r\n"), InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nHello"), InlineData("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n"), InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")]
    public async Task Nonsense_in_place_of_an_answer_is_named(string nonsense)
    {
        await using var cups = new AnsweringCups(_machine.Socket, _ => System.Text.Encoding.ASCII.GetBytes(nonsense));

        var fact = await _machine.ReadAsync().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.Equal((Source.Files, "/run/cups/cups.sock"), (fact.Source, fact.Unseen[0].What));
    }

    [Fact]
    public async Task An_endless_answer_is_given_up()
    {
        var endless = AnsweringCups.Http(new byte[5 << 20]);
        await using var cups = new AnsweringCups(_machine.Socket, _ => endless);

        Assert.Equal("an answer larger than 4096 KiB", (await _machine.ReadAsync()).Unseen[0].Why);
    }

    [Fact]
    public async Task Silence_ends_after_two_seconds()
    {
        await using var cups = new AnsweringCups(_machine.Socket, _ => null);

        Assert.Equal("no answer within 2 s", (await _machine.ReadAsync()).Unseen[0].Why);
    }

    [Fact]
    public async Task A_socket_that_nobody_listens_on_says_nothing_of_queues()
    {
        await new AnsweringCups(_machine.Socket, _ => null).DisposeAsync();

        var fact = await _machine.ReadAsync();

        Assert.Equal(Source.Files, fact.Source);
        Assert.NotEmpty(fact.Unseen);
    }

    [Fact]
    public async Task Nobody_is_asked_while_CUPS_does_not_run()
    {
        File.Delete(_machine.Files.At("proc/77/comm"));
        await using var cups = Cups(Queue("lab", "file:///x"));

        var fact = await _machine.ReadAsync();

        Assert.Empty(cups.Questions);
        Assert.Equal(Source.Files, fact.Source);
    }

    private static IppAnswer Queue(string name, string device) => new IppAnswer().Group(4).Text(0x42, "printer-name", name).Text(0x45, "device-uri", device);

    private AnsweringCups Cups(IppAnswer queues, IppAnswer? jobs = null)
    {
        var (first, second) = (queues.ToBytes(), (jobs ?? new IppAnswer()).ToBytes());
        return new AnsweringCups(_machine.Socket, question => AnsweringCups.Http(AnsweringCups.Operation(question) == GetPrinters ? first : second));
    }
}
