using Sandbox.Agent.Collecting;
using Sandbox.Agent.Collecting.Settings;
using Sandbox.Agent.PasswordPolicy.Pam;
using Sandbox.Protocol;

namespace Sandbox.Agent.PasswordPolicy;

/// <summary>What a Linux system demands of passwords, as its PAM stacks, login.defs(5) and useradd(8) have it.</summary>
internal sealed class LinuxPasswordPolicy(string root) : ICollector
{
    private static readonly string[] Matter = [PwQuality.Module, History.Module, PamUnix.Module, Faillock.Module, .. OtherCheckers.Modules];
    private readonly RootFolder _root = new(root);

    public string Name => "password-policy";

    public IReadOnlyList<Fact.KindOneofCase> Kinds { get; } = [Fact.KindOneofCase.PasswordPolicy];

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public IReadOnlyList<string> Watches { get; } =
    [
        .. LoginDefs.Watches, "etc/default/useradd", "etc/security", "etc/security/pwquality.conf.d", "etc/pam.d", "usr/lib/pam.d",
        "var/cache/cracklib",
    ];

    public ValueTask<IReadOnlyList<Fact>> CollectAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var policy = new Protocol.PasswordPolicy();
        var settings = new SettingsInForce(policy);
        var login = LoginDefs.Read(_root, settings.Unseen);
        new NewAccounts(policy, settings).Describe(_root, login);
        ct.ThrowIfCancellationRequested();
        Stacks(policy, settings, login);
        Sort(policy);
        settings.Unseen.Close();
        return new([new Fact { PasswordPolicy = policy }]);
    }

    private void Stacks(Protocol.PasswordPolicy policy, SettingsInForce settings, LoginDefs login)
    {
        var files = new PamFiles(_root, settings.Unseen);
        var auth = PamStack.Read(files, "auth", "login", "sshd", "common-auth", "system-auth", "password-auth", "other");
        var account = PamStack.Read(files, "account", "login", "sshd", "common-account", "system-auth", "password-auth", "other");
        var password = PamStack.Read(files, "password", "passwd", "common-password", "system-auth", "password-auth", "other");
        NewPasswords(policy, settings, password);
        new NewHashes(policy, settings).Describe(password, login);
        new Faillock(policy, settings).Describe(_root, auth);
        if (PamUnix.AcceptsEmpty(auth) is { } empty) policy.EmptyPasswordsAccepted = empty;
        foreach (var stack in (ReadOnlySpan<PamStack>)[auth, account, password])
            policy.PamLines.AddRange(stack.Lines.Where(line => Matter.Contains(line.Module)).Select(line => line.Clone()));
    }

    private void NewPasswords(Protocol.PasswordPolicy policy, SettingsInForce settings, PamStack password)
    {
        var quality = new PwQuality(policy, settings);
        quality.Describe(_root, password);
        new History(policy, settings).Describe(_root, password);
        if (OtherCheckers.In(password) is { } other)
        {
            settings.Unseen.Add(Why.Of(other.Path, $"line {other.Line}: what {other.Module} demands is not understood"));
            return;
        }

        if (quality.Enforced is not { } enforced) return;
        policy.QualityEnforced = enforced;
        if (enforced && quality.MinLength is null) return;
        if (PamUnix.MinLength(password) is { } own) policy.EffectiveMinLength = Math.Max(own, quality.MinLength ?? 0);
        else if (quality.MinLength is { } length) policy.EffectiveMinLength = length;
    }

    private static void Sort(Protocol.PasswordPolicy policy)
    {
        var sorted = policy.Settings.OrderBy(setting => setting.Name, StringComparer.Ordinal).ToList();
        policy.Settings.Clear();
        policy.Settings.AddRange(sorted);
    }
}
