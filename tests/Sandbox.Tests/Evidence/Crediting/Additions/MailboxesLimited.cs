using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Attribution;
using Sandbox.Tests.Lab;

namespace Sandbox.Tests.Evidence.Crediting.Additions;

/// <summary>Line 1.7: a limit that a running mail server holds every mailbox to.</summary>
public sealed class MailboxesLimited
{
    private const long Gibibyte = 1 << 30;

    private readonly Watched _device = At.Device(Machine.Mailboxes().Shares);

    [Fact]
    public void A_limit_counts_and_is_whose_act_it_was()
    {
        var item = _device.Tells(At.Runs(_device.Now, "/usr/bin/sudoedit", "/etc/dovecot/conf.d/90-quota.conf")).Says(Limited(Gibibyte)).Only;

        Assert.Equal(("1.7", "mail.limited", "storage limit of mailboxes", "set to 1 GiB each"), (item.Line, item.Act, item.Target, item.After));
        Assert.Equal((EvidenceState.Watched, Grade.E2, Doing.Anna), (item.State, item.Grade, item.Person!.Value));
        Assert.Equal(EvidenceState.Held, _device.After(At.Day).SaysTheSame().Only.State);
    }

    [Fact]
    public void Small_limits_are_said_in_MiB() => Assert.Equal("set to 512 MiB each", _device.Says(Limited(Gibibyte / 2)).Only.After);

    [Fact]
    public void A_limit_of_nothing_or_that_nothing_holds_to_does_not() =>
        Assert.Empty(_device.Says(Limited(0)).Says(Machine.Mailboxes(Gibibyte, isHeld: false).Shares).Says(Machine.Mailboxes(Gibibyte, runs: false).Shares).Evidence);

    [Fact]
    public void One_that_was_there_at_first_does_not_when_it_is_changed() => Assert.Empty(At.Device(Limited(Gibibyte)).Says(Limited(Gibibyte * 2)).Evidence);

    [Fact]
    public void A_mailbox_of_its_own_limit_is_written_by_the_server_itself()
    {
        var mail = Machine.Mailboxes().Shares;
        mail.Mail.Mailboxes.Add(new MailboxQuota { User = "noor", LimitBytes = (ulong)Gibibyte });

        Assert.Empty(_device.Says(mail).Evidence);
    }

    [Fact]
    public void What_is_taken_away_within_the_day_earns_nothing() => Assert.Equal(EvidenceState.Undone, _device.Says(Limited(Gibibyte)).After(At.Minute).Says(Machine.Mailboxes().Shares).Only.State);

    [Fact]
    public void A_server_that_is_started_anew_takes_nothing_back() => Assert.Equal(EvidenceState.Watched, _device.Says(Limited(Gibibyte)).After(At.Minute).Says(Machine.Mailboxes(Gibibyte, runs: false).Shares).Only.State);

    [Fact]
    public void Who_looked_at_the_settings_did_not_set_it() => Assert.Null(_device.Tells(At.Runs(_device.Now, "/usr/bin/cat", "/etc/dovecot/conf.d/90-quota.conf")).Says(Limited(Gibibyte)).Only.Person);

    private static Shares Limited(long bytes) => Machine.Mailboxes(bytes).Shares;
}
