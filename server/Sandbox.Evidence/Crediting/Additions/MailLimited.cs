using System.Globalization;
using Sandbox.Evidence.Attribution;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting.Additions;

/// <summary>
/// Line 1.7: a mail server that runs keeps every mailbox within a limit, where nobody had set one at first. Limits without the plugin that holds to them, and of nothing, do
/// not count, nor those of single mailboxes, which a server writes down by itself.
/// </summary>
internal sealed class MailLimited() : Addition("1.7", "mail.limited", "storage limit", Fact.KindOneofCase.Shares)
{
    private const string Name = "of mailboxes";
    private const string Use = "who got a mailbox, that mail arrives, and that it is backed up, is not seen";

    public override string Counts => "a limit of storage for the mailboxes of a mail server that was set up";

    protected override IEnumerable<string> Names(Fact fact) => fact.Shares.Mail is { HasQuotaBytes: true } ? [Name] : [];

    protected override IEnumerable<Thing> Things(Fact fact, DeviceCase device) =>
        fact.Shares.Mail is { HasQuotaLoaded: true, QuotaLoaded: true, HasQuotaBytes: true, QuotaBytes: > 0 and var bytes } && fact.Shares.Servers.Any(one => one is { Name: "dovecot", Installed: true, HasRunning: true, Running: true })
            ? [new Thing(Name, $"set to {Words(bytes)} each") { Reservation = Use }] : [];

    // A mail server that is started anew holds to it again.
    protected override string? Lost(string name, Fact shown) => shown.Shares.Mail is { HasQuotaBytes: true, QuotaBytes: > 0 } ? null : "the limit was taken away";

    protected override bool Explains(string name, EvidenceItem item, AdminAct act) => Trace.IsRunOnFile(act, "/etc/dovecot/");

    private static string Words(ulong bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.#} GiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MiB");
}
