using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>sshd_config(5): the first place wins, and a file with a value that means nothing keeps the server from starting.</summary>
internal sealed record SshSettings : SettingSource
{
    public override Fact.KindOneofCase Kind => Fact.KindOneofCase.RemoteAccess;

    public override RepeatedField<ConfiguredSetting> In(Fact fact) => fact.RemoteAccess.SshdSettings;

    public override Opinion? Before(Fact fact, Strictness strictness) => fact.RemoteAccess is { HasSshdInstalled: true, SshdInstalled: false } ? new Opinion(Verdict.NotApplicable, Reason: "no SSH server is installed") : null;

    public override Unseen? Hidden(Fact fact) => fact.RemoteAccess.Unseen.FirstOrDefault(IsOfSshd);

    public override SettingDefinition? Winner(ConfiguredSetting setting) => setting.Definitions.FirstOrDefault(one => !one.HasCondition);

    public override Opinion Absent(Fact fact, ConfiguredSetting? setting) => setting is null
        ? new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.RemoteAccess.Unseen))
        : new(Verdict.Error, setting.Definitions.Count > 0 ? setting.Definitions[0].Value : null, "it is no value that sshd takes, so it does not start");

    private static bool IsOfSshd(Unseen unseen) => unseen.What.Contains("etc/ssh/sshd_config", StringComparison.Ordinal) || unseen.What is "/etc/ssh" or "/usr/etc/ssh";
}
