using Google.Protobuf.Collections;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary><c>Defaults</c> of sudoers(5): the last place that holds for everybody wins. Flags are <c>on</c> or <c>off</c>.</summary>
/// <param name="Silence">What it means that no place sets it and sudo's own default is not the same everywhere, in words. Null: nobody knows what holds then.</param>
internal sealed record SudoSettings(string? Silence = null) : SettingSource
{
    public override Fact.KindOneofCase Kind => Fact.KindOneofCase.AdminRights;

    public override RepeatedField<ConfiguredSetting> In(Fact fact) => fact.AdminRights.Settings;

    public override Opinion? Before(Fact fact, Strictness strictness) => fact.AdminRights is { HasSudoInstalled: true, SudoInstalled: false } ? new Opinion(Verdict.NotApplicable, Reason: "sudo is not installed") : null;

    public override Unseen? Hidden(Fact fact) => OfSudoers.Settings(fact.AdminRights);

    public override Opinion Absent(Fact fact, ConfiguredSetting? setting)
    {
        var rights = fact.AdminRights;
        if (rights.Files.Count == 0 || Hidden(fact) is not null) return new(Verdict.Unknown, Reason: UnseenWords.Reason(rights.Unseen));
        return Silence is { } words ? new(Verdict.Fail, words) : new(Verdict.Unknown, Reason: "nothing sets it, and sudo's own default is not the same in every version");
    }
}
