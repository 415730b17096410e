using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;
using Action = Sandbox.Protocol.AdminAct.Types.Action;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 1.5: a queue that was not there at first and leads to a printer of its own. Queues into files, PDFs or this machine itself, those that CUPS or cups-browsed
/// made, classes, and further queues to a printer that had one, are no printer that somebody installed.
/// </summary>
internal sealed class PrinterAdded() : Addition("1.5", "printer.added", "printer", Fact.KindOneofCase.Printing)
{
    private const string Paper = "whether a page came out is not seen: a queue completes what it could hand over, and whose a job was is what its client says";

    public override string Counts => "a printer that was set up";

    // While CUPS does not answer, its files are read, which it writes up to a minute later.
    public override TimeSpan Lasts => TimeSpan.FromMinutes(2);

    protected override bool HasObjects => true;

    protected override IEnumerable<string> Names(Fact fact) => fact.Printing.Queues.Select(one => one.Name);

    protected override IEnumerable<string> Objects(Fact fact) => fact.Printing.Queues.Where(one => one.HasDevice).Select(one => PrinterAddress.Printer(one.Device));

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) => fact.Printing.Queues
        .Where(one => one is { HasDevice: true, HasAutomatic: true, Automatic: false, IsClass: false } && PrinterAddress.IsPrinter(one.Device, device.Facts))
        .Select(one => new Thing(one.Name, $"set up{(one.HasMakeAndModel ? $" as {one.MakeAndModel}" : "")}") { Object = PrinterAddress.Printer(one.Device), Reservation = Paper });

    // Whether it takes jobs at the moment does not matter.
    protected override string Lost(string name, Fact shown) => Names(shown).Contains(name) ? "the queue leads to another place now" : "the queue was removed";

    protected override bool Explains(string name, EvidenceItem item, AdminAct act)
    {
        if (act.Action == Action.ChangePrinter) return act.Objects.Count == 0 || act.Objects.Any(one => one.Kind == "printer" && one.Name == name);
        return Trace.IsRunWith(act, "lpadmin", "-p") && act.Arguments.Contains(name);
    }
}
