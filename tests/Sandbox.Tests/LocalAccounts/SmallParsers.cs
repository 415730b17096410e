using Sandbox.Agent.Accounts;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.LocalAccounts;

public sealed class SmallParsers
{
    [Theory]
    [InlineData("/bin/bash", ShellClass.Login), InlineData("/bin/sh", ShellClass.Login), InlineData("/usr/bin/zsh", ShellClass.Login)]
    [InlineData("/usr/sbin/nologin", ShellClass.NoLogin), InlineData("/bin/false", ShellClass.NoLogin)]
    [InlineData("/bin/sync", ShellClass.Other), InlineData("/usr/bin/git-shell", ShellClass.Other), InlineData("", ShellClass.Other)]
    public void A_shell_is_known_by_its_name(string path, ShellClass expected) => Assert.Equal(expected, Shell.Classify(path));

    [Fact]
    public void An_empty_shell_is_the_standard_one() => Assert.Equal("/bin/sh", PasswdEntry.Parse("a:x:1:1:::", out _)!.Value.Shell);

    [Fact]
    public void A_uid_that_is_no_number_leaves_the_entry_and_is_named()
    {
        var entry = PasswdEntry.Parse("a:x:one:1::/:/bin/sh", out var fault);

        Assert.Equal((null, "the uid is not a number"), (entry!.Value.Uid, fault));
    }

    [Theory]
    [InlineData("a:x:1:1", "it has 4 fields where 7 belong"), InlineData(":x:1:1::/:/bin/sh", "it has no name")]
    public void A_line_of_another_shape_is_no_account(string line, string expected)
    {
        var entry = PasswdEntry.Parse(line, out var fault);

        Assert.Null(entry);
        Assert.Equal(expected, fault);
    }

    [Theory]
    [InlineData("passwd: files systemd", "")]
    [InlineData("passwd:\tfiles sss [NOTFOUND=return] ldap # winbind", "sss,ldap")]
    [InlineData("passwd: files [SUCCESS=return NOTFOUND=continue] winbind", "winbind")]
    [InlineData("#passwd: ldap\ngroup: sss", "")]
    [InlineData("passwd: compat\npasswd_compat: nis", "nis")]
    [InlineData("passwd: files sss[NOTFOUND=return]sss", "sss")]
    public void Directories_are_what_is_not_local(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', NameServices.Directories(text)));

    [Fact]
    public void The_primary_group_comes_first_and_each_group_once()
    {
        var groups = new GroupBook();
        groups.Add("sudo:x:27:anna,bert");
        groups.Add("anna:x:1000:anna");

        Assert.Equal(["anna", "sudo"], groups.Names("anna", 1000));
    }

    [Fact]
    public void A_group_without_an_entry_is_its_number() => Assert.Equal(["4711"], new GroupBook().Names("anna", 4711));

    [Theory]
    [InlineData("sudo:x:27"), InlineData(":x:27:"), InlineData("sudo:x:many:")]
    public void A_line_that_is_no_group_is_refused(string line) => Assert.False(new GroupBook().Add(line));
}
