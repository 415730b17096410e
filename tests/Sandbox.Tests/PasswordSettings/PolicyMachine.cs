using Sandbox.Agent.PasswordPolicy;
using Sandbox.Protocol;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PasswordSettings;

/// <summary>A machine with Debian's PAM files, of which a test changes what it is about.</summary>
internal sealed class PolicyMachine : IDisposable
{
    private readonly MachineFiles _files = new MachineFiles()
        .With("etc/login.defs", "PASS_MAX_DAYS\t99999\nPASS_MIN_DAYS\t0\nPASS_WARN_AGE\t7\nENCRYPT_METHOD SHA512\n")
        .With("etc/pam.d/login", "@include common-auth\n@include common-account\n@include common-password\n")
        .With("etc/pam.d/passwd", "@include common-password\n")
        .With("etc/pam.d/common-account", "account [success=1 new_authtok_reqd=done default=ignore] pam_unix.so\n")
        .With("etc/pam.d/common-auth", "auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\n")
        .With("etc/pam.d/common-password", "password [success=1 default=ignore] pam_unix.so obscure yescrypt\n");

    public PolicyMachine With(string path, string text)
    {
        _files.With(path, text);
        return this;
    }

    /// <summary>Puts pam_pwquality before pam_unix, as Debian's package does.</summary>
    public PolicyMachine Quality(string conf, string arguments = "retry=3", string control = "requisite") => this
        .With("etc/pam.d/common-password", $"password {control} pam_pwquality.so {arguments}\npassword [success=1 default=ignore] pam_unix.so use_authtok yescrypt\n")
        .With("etc/security/pwquality.conf", conf);

    /// <summary>Puts pam_faillock around pam_unix.</summary>
    public PolicyMachine Lockout(string conf, string arguments = "", string after = "authfail") => this
        .With("etc/pam.d/common-auth", $"auth requisite pam_faillock.so preauth {arguments}\nauth [success=2 default=ignore] pam_unix.so\nauth [default=die] pam_faillock.so {after} {arguments}\n")
        .With("etc/security/faillock.conf", conf);

    public async Task<Protocol.PasswordPolicy> ReadAsync() => Assert.Single(
        await new LinuxPasswordPolicy(_files.Root).CollectAsync(TestContext.Current.CancellationToken)).PasswordPolicy;

    public async Task<ConfiguredSetting> SettingAsync(string name) => (await ReadAsync()).Settings.Single(setting => setting.Name == name);

    public void Dispose() => _files.Dispose();
}
