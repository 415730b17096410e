using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Tests.Evidence.Policies;
using static Sandbox.Protocol.Account.Types;

namespace Sandbox.Tests.Evidence;

/// <summary>Accounts that are marked as known to others: each fails until it has another password, or opens nothing.</summary>
public sealed class PasswordsOthersKnow
{
    private static readonly CompromiseMark Mark = new("noor", new DateOnly(2026, 11, 20), "it stood on a note");
    private const long Since = Reported.Today - 3;

    [Fact]
    public void Without_a_mark_the_device_passes_as_a_whole()
    {
        var finding = Assert.Single(Judge(Noor(Since - 9), []));

        Assert.Equal(("", Verdict.Pass, "no account is marked"), (finding.Subject, finding.Verdict, finding.Observed));
    }

    [Theory]
    [InlineData(Since - 1, Verdict.Fail, "others may know it: it stood on a note"), InlineData(Since, Verdict.Unknown, "changed on 2026-11-20, the very day: before or after cannot be told; change it once more on a later day"), InlineData(Since + 1, Verdict.Pass, null)]
    [InlineData(0L, Verdict.Fail, "that has not happened yet"), InlineData((long)Reported.Today + 1, Verdict.Pass, null), InlineData((long)Reported.Today + 2, Verdict.Fail, "that day lies in the future"), InlineData(null, Verdict.Unknown, "no day of the last change is on record")]
    public void A_marked_account_fails_until_a_later_day(long? changed, Verdict expected, string? reason)
    {
        var finding = Assert.Single(Judge(Noor(changed), [Mark]));

        Assert.Equal(("noor", expected, reason, "changed after 2026-11-20, since when others may know it"), (finding.Subject, finding.Verdict, finding.Reason, finding.Expected));
    }

    [Theory]
    [InlineData(PasswordState.Locked, Verdict.Pass, "its password is locked"), InlineData(PasswordState.None, Verdict.Pass, "no password can match"), InlineData(PasswordState.Empty, Verdict.Fail, "it has no password")]
    public void What_opens_nothing_needs_no_other_password(PasswordState state, Verdict expected, string observed)
    {
        var finding = Assert.Single(Judge(Noor(Since - 9, x => x.PasswordState = state), [Mark]));

        Assert.Equal((expected, observed), (finding.Verdict, finding.Observed));
    }

    [Fact]
    public void An_account_that_is_not_there_passes_and_one_that_could_not_be_seen_is_not_known()
    {
        Assert.Equal("there is no such account", Assert.Single(Judge(new Accounts { Accounts_ = { new Account { Name = "anna", Uid = 1000 } } }, [Mark])).Observed);
        Assert.Equal(Verdict.Unknown, Assert.Single(Judge(new Accounts { Unseen = { new Unseen { What = "/etc/passwd", Why = "permission denied" } } }, [Mark])).Verdict);
        Assert.Equal(Verdict.Unknown, Assert.Single(Judge(null, [Mark])).Verdict);
    }

    [Fact]
    public void A_mark_on_every_device_does_not_concern_one_without_the_account()
    {
        var finding = Assert.Single(Judge(new Accounts { Accounts_ = { new Account { Name = "anna", Uid = 1000 } } }, [Mark with { Everywhere = true }]));
        Assert.Equal(("", Verdict.Pass, "no account of this device is marked"), (finding.Subject, finding.Verdict, finding.Observed));

        Assert.Equal(("noor", Verdict.Fail), Judge(Noor(Since - 9), [Mark with { Everywhere = true }]).Select(one => (one.Subject, one.Verdict)).Single());
        Assert.Equal("noor", Assert.Single(Judge(new Accounts { Accounts_ = { new Account { Name = "anna", Uid = 1000 } } }, [Mark, Mark with { Since = Mark.Since.AddDays(1), Everywhere = true }])).Subject);
        Assert.Equal(Verdict.Unknown, Assert.Single(Judge(null, [Mark with { Everywhere = true }])).Verdict);
    }

    [Fact]
    public void Of_an_account_of_a_directory_only_the_directory_knows()
    {
        var finding = Assert.Single(Judge(new Accounts { Accounts_ = { new Account { Name = "anna", Uid = 1000 } }, Directories = { "sss" } }, [Mark]));

        Assert.Equal((Verdict.Unknown, "no account of this device has the name, and those of sss only the directory knows"), (finding.Verdict, finding.Reason));
    }

    [Fact]
    public void Of_several_marks_of_one_account_the_latest_counts_and_each_account_is_judged()
    {
        var findings = Judge(Noor(Since + 1), [Mark, Mark with { Since = new DateOnly(2026, 11, 22) }, Mark with { Account = "anna" }]);

        Assert.Equal([("noor", Verdict.Fail), ("anna", Verdict.Pass)], findings.Select(one => (one.Subject, one.Verdict)));
    }

    private static IReadOnlyList<Finding> Judge(Accounts? accounts, IReadOnlyList<CompromiseMark> marks) =>
        OneRule.All("id: password.changed_since_compromise, expect: { op: eq, value: true }", accounts is null ? null : new Fact { Accounts = accounts }, new AboutDevice { Marks = marks });

    private static Accounts Noor(long? changed, Action<Account>? change = null)
    {
        var noor = new Account { Name = "noor", Uid = 1001, ShellClass = ShellClass.Login, PasswordState = PasswordState.Set };
        if (changed is { } day) noor.LastChangeDay = day;
        change?.Invoke(noor);
        return new Accounts { Accounts_ = { noor } };
    }
}
