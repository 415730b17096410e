namespace Sandbox.Tests.PasswordSettings;

public sealed class Lockout : IDisposable
{
    private readonly PolicyMachine _machine = new();

    [Fact]
    public async Task Debian_as_it_comes_locks_nobody_whatever_the_file_says()
    {
        _machine.With("etc/security/faillock.conf", "deny = 3\n");

        var policy = await _machine.ReadAsync();

        Assert.False(policy.HasLockoutThreshold || policy.HasLockoutSeconds || policy.HasLockoutPermanent || policy.HasLockoutBindsRoot);
        Assert.False(policy.Settings.Single(setting => setting.Name == "faillock.deny").HasEffective);
    }

    [Fact]
    public async Task In_the_stack_the_defaults_apply()
    {
        _machine.Lockout("");

        var policy = await _machine.ReadAsync();

        Assert.Equal((3u, 900u, 600u), (policy.LockoutThreshold, policy.LockoutWindowSeconds, policy.LockoutSeconds));
        Assert.Equal((false, false), (policy.LockoutPermanent, policy.LockoutBindsRoot));
    }

    [Theory]
    [InlineData("deny = 5", "", 5u), InlineData("deny = 5", "deny=4", 4u), InlineData("deny = 5\ndeny = 7", "", 7u), InlineData("deny=0", "", 0u)]
    public async Task Arguments_beat_the_file_and_the_last_line_wins(string conf, string arguments, uint expected)
    {
        _machine.Lockout(conf, arguments);

        Assert.Equal(expected, (await _machine.ReadAsync()).LockoutThreshold);
    }

    [Fact]
    public async Task Another_file_may_be_named()
    {
        _machine.Lockout("deny = 3", "conf=/etc/security/lab.conf").With("etc/security/lab.conf", "deny = 9\n");

        Assert.Equal(9u, (await _machine.ReadAsync()).LockoutThreshold);
    }

    [Theory]
    [InlineData("auth requisite pam_faillock.so preauth\nauth required pam_unix.so\n", false)]
    [InlineData("auth required pam_unix.so\nauth [default=die] pam_faillock.so authfail\n", false)]
    [InlineData("auth requisite pam_faillock.so preauth\nauth required pam_unix.so\nauth required pam_faillock.so authsucc\n", true)]
    public async Task It_takes_both_calls_to_lock(string auth, bool expected)
    {
        _machine.With("etc/pam.d/common-auth", auth);

        Assert.Equal(expected, (await _machine.ReadAsync()).HasLockoutThreshold);
    }

    [Theory]
    [InlineData("unlock_time = never"), InlineData("unlock_time = 0")]
    public async Task A_lock_may_be_for_ever(string conf)
    {
        _machine.Lockout(conf);

        var policy = await _machine.ReadAsync();

        Assert.Equal((true, false), (policy.LockoutPermanent, policy.HasLockoutSeconds));
    }

    [Fact]
    public async Task Longer_than_a_week_acts_as_a_week()
    {
        _machine.Lockout("unlock_time = 9999999");

        Assert.Equal(604_800u, (await _machine.ReadAsync()).LockoutSeconds);
    }

    [Theory]
    [InlineData("even_deny_root"), InlineData("root_unlock_time = 60")]
    public async Task Root_may_be_bound(string conf)
    {
        _machine.Lockout(conf);

        Assert.True((await _machine.ReadAsync()).LockoutBindsRoot);
    }

    [Theory]
    [InlineData("unlock_time ="), InlineData("unlock_time = soon"), InlineData("unlock_time = -5")]
    public async Task A_time_that_is_none_is_unknown_and_named(string conf)
    {
        _machine.Lockout(conf);

        var policy = await _machine.ReadAsync();

        Assert.False(policy.HasLockoutSeconds || policy.HasLockoutPermanent);
        Assert.Contains(policy.Unseen, u => u.Why.StartsWith("line 1: unlock_time cannot be", StringComparison.Ordinal));
    }

    public void Dispose() => _machine.Dispose();
}
