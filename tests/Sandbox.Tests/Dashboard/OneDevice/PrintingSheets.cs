using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard.OneDevice;

/// <summary>What a device says of its printing in words.</summary>
public sealed class PrintingSheets
{
    [Fact]
    public void A_queue_says_where_it_leads_to_and_why_it_stands()
    {
        var fact = new Printing
        {
            Queues =
            {
                new PrintQueue
                {
                    Name = "lab", Device = "ipp://printer/ipp", MakeAndModel = "HP", State = PrintQueue.Types.State.Stopped, StateReasons = { "paused" }, Accepting = false, Shared = true, Location = "Room 4", Automatic = false,
                    ConfiguredAt = new() { Seconds = 0 },
                },
            },
        };

        Assert.Equal(["lab", "ipp://printer/ipp", "stopped: paused", "no", "yes", "HP", "Room 4", "none", "by somebody", "1970-01-01 00:00:00 UTC"], Cells(fact, "Queues"));
    }

    [Fact]
    public void What_is_not_known_of_a_queue_is_neither_no_nor_idle() =>
        Assert.Equal(["lab", null, null, null, null, null, "none", "none", null, null], Cells(new Printing { Queues = { new PrintQueue { Name = "lab" } } }, "Queues"));

    [Fact]
    public void A_job_without_a_count_of_sides_did_not_print_0() =>
        Assert.Equal(["7", "lab", "handed over", "anna", "not an instant", null], Cells(
            new Printing { Jobs = { new PrintJob { Id = 7, Queue = "lab", State = PrintJob.Types.State.Completed, ClaimedUser = "anna", CompletedAt = new() { Seconds = long.MaxValue } } } }, "Jobs that ended"));

    [Fact]
    public void Where_nothing_tells_the_sheet_says_so()
    {
        Assert.Equal("nothing tells", FactWords.Absent("printing.known_from", isPartlyUnseen: false));
        Assert.Equal("none, or not known", FactWords.Absent("printing.default_queue", isPartlyUnseen: false));
    }

    private static IReadOnlyList<string?> Cells(Printing fact, string title) => FactTables.Of(new Fact { Printing = fact }).Single(table => table.Title == title).Rows.Single().Cells;
}
