using CsCheck;
using Sandbox.Agent.Shares.Mail;
using Sandbox.Protocol;

namespace Sandbox.Tests.FolderShares;

/// <summary>Where dovecot keeps mail, and how much of it.</summary>
public sealed class MailRows : IDisposable
{
    private readonly ShareMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task A_quota_is_told_with_the_lines_that_set_it()
    {
        _machine.With("etc/dovecot/conf.d/10-mail.conf", "mail_location = mbox:~/mail\nmail_location = maildir:~/Maildir # here\nmail_plugins = $mail_plugins quota\n")
            .With("etc/dovecot/conf.d/90-quota.conf", "plugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=1G:messages=1000\n  quota_rule2 = Trash:storage=+100M\n}\n");

        var mail = (await DovecotAsync("!include conf.d/*.conf\n!include_try local.conf\n"))!;

        Assert.Equal(("maildir:~/Maildir", true, 1ul << 30), (mail.Location, mail.QuotaLoaded, mail.QuotaBytes));
        Assert.Equal(["mail_location", "mail_plugins", "plugin/quota", "plugin/quota_rule", "plugin/quota_rule2"], mail.Settings.Select(setting => setting.Name));
        Assert.Equal([1u, 2u], mail.Settings[0].Definitions.Select(definition => definition.Line));
        Assert.Equal(("/etc/dovecot/conf.d/90-quota.conf", 3u, "*:storage=1G:messages=1000"), (mail.Settings[3].Definitions[0].Path, mail.Settings[3].Definitions[0].Line, mail.Settings[3].Effective));
    }

    [Fact]
    public async Task A_rule_without_its_plugin_is_but_words()
    {
        var mail = (await DovecotAsync("protocol imap {\n  mail_plugins = imap_quota\n}\nplugin {\n  quota_rule = *:storage=500M\n}\n"))!;

        Assert.Equal((true, false, 500ul << 20), (mail.HasQuotaLoaded, mail.QuotaLoaded, mail.QuotaBytes));
    }

    [Fact]
    public async Task Dovecot_2_4_says_it_in_other_words()
    {
        var mail = (await DovecotAsync("mail_driver = maildir\nmail_path = ~/Maildir\nmail_plugins {\n  quota = yes\n}\nquota_storage_size = 2G\n"))!;

        Assert.Equal(("~/Maildir", true, 2ul << 30), (mail.Location, mail.QuotaLoaded, mail.QuotaBytes));
    }

    [Fact]
    public async Task Neither_a_password_nor_an_address_with_a_user_is_reported()
    {
        var mail = (await DovecotAsync("passdb {\n  args = S3CRET\n}\nplugin {\n  quota = dict:User quota::proxy::elif:S3CRET@db\n  quota_grace = 10%\n  acl = S3CRET\n}\nmail_location = maildir:/m\n"))!;

        Assert.Equal(["mail_location", "plugin/quota", "plugin/quota_grace"], mail.Settings.Select(setting => setting.Name));
        Assert.Equal("withheld", mail.Settings[1].Effective);
    }

    [Fact]
    public async Task What_a_mailbox_may_hold_is_read_from_its_own_file()
    {
        _machine.With("home/elif/Maildir/maildirsize", "1073741824S,1000C\n5000 3\n").With("home/anna/Maildir/maildirsize", "0S\n").Files.WithFolder("home/raj");

        var mail = (await DovecotAsync("mail_location = maildir:~/Maildir:LAYOUT=fs\n"))!;

        Assert.Equal(
            [
                new MailboxQuota { User = "anna", DefinedIn = "/home/anna/Maildir/maildirsize" },
                new MailboxQuota { User = "elif", LimitBytes = 1ul << 30, LimitMessages = 1000, DefinedIn = "/home/elif/Maildir/maildirsize" },
            ],
            mail.Mailboxes);
    }

    [Fact]
    public async Task A_machine_without_dovecot_says_nothing_of_mail() => Assert.Null((await _machine.ReadAsync()).Mail);

    [Fact]
    public async Task A_file_that_includes_itself_comes_to_an_end() => Assert.NotNull(await DovecotAsync("!include dovecot.conf\nmail_location = x\n"));

    [Theory]
    [InlineData("*:storage=1G", 1ul << 30), InlineData("*:storage=1000", 1_024_000ul), InlineData("*:bytes=1M", 1ul << 20), InlineData("*:messages=5:storage=10 MB", 10ul << 20)]
    [InlineData("*:storage=0", null), InlineData("*:storage=50%", null), InlineData("Trash:storage=1G", null), InlineData("*:storage=99999999999T", null), InlineData("*:ignore", null), InlineData("", null)]
    public void Rules_give_bytes_for_the_whole_mailbox_alone(string rule, ulong? bytes) => Assert.Equal(bytes, QuotaSize.OfRule(rule));

    [Fact]
    public void No_text_breaks_the_readers() => Gen.String.Sample(text => QuotaSize.OfRule($"*:storage={text}") is null or > 0 && QuotaSize.Of(text, 1) is null or > 0, iter: Fuzz.Times(3000), threads: 1);

    private async Task<MailStorage?> DovecotAsync(string text) => (await _machine.With("etc/dovecot/dovecot.conf", text).ReadAsync()).Mail;
}
