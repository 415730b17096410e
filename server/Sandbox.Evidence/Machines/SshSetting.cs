using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>A setting of the SSH server has one of several values, for everybody.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Name">As sshd_config(5) writes it.</param>
/// <param name="Allowed">Values as <c>sshd -T</c> writes them.</param>
internal sealed record SshSetting(string Rule, string Name, IReadOnlyList<string> Allowed) : IRule
{
    // As many as a fact lists of a setting.
    private const int MostDefinitions = 50;

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.RemoteAccess;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, $"{Name} is {string.Join(" or ", Allowed)}", fact => Judge(fact.RemoteAccess));

    private Opinion Judge(RemoteAccess fact)
    {
        if (fact is { HasSshdInstalled: true, SshdInstalled: false }) return new(Verdict.NotApplicable, Reason: "no SSH server is installed");
        if (fact.SshdSettings.FirstOrDefault(one => one.Name == Name) is not { } setting) return new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen));
        // The first definition that holds for somebody alone and is not among the allowed ones.
        if (setting.Definitions.FirstOrDefault(one => one.HasCondition && !Allows(one.Value)) is { } other)
            return new(Verdict.Fail, $"{other.Value} for {other.Condition}", $"{other.Path} line {other.Line}");
        if (!setting.HasEffective) return new(Verdict.Error, setting.Definitions.Count > 0 ? setting.Definitions[0].Value : null, "it is no value that sshd takes, so it does not start");
        var by = setting.Definitions.FirstOrDefault(one => !one.HasCondition);
        // A file that the agent cannot read may say something before all others, and the last of very many definitions are left out.
        if (fact.Unseen.FirstOrDefault(IsOfSshd) is { } hidden) return new(Verdict.Unknown, Reason: UnseenWords.Reason([hidden]));
        if (setting.Definitions.Count >= MostDefinitions) return new(Verdict.Unknown, Reason: $"{Name} is set in more places than are looked at");
        return Opinion.That(Allows(setting.Effective), setting.Effective) with { Reason = by is null ? "the program's own default" : $"{by.Path} line {by.Line}" };
    }

    private static bool IsOfSshd(Unseen unseen) => unseen.What.Contains("etc/ssh/sshd_config", StringComparison.Ordinal) || unseen.What is "/etc/ssh" or "/usr/etc/ssh";

    private bool Allows(string value) => Allowed.Contains(value, StringComparer.OrdinalIgnoreCase);
}
