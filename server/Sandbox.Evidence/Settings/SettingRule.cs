using Sandbox.Protocol;

namespace Sandbox.Evidence.Settings;

/// <summary>A setting of a program has a value that meets a demand, for everybody.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Source">Where the setting stands.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Shown">Its name for people.</param>
/// <param name="Demand">What is demanded.</param>
/// <param name="Strictness">How the places that set it are taken.</param>
internal sealed record SettingRule(string Rule, SettingSource Source, string Name, string Shown, ValueDemand Demand, Strictness Strictness) : IRule
{
    // As many as a fact lists of a setting.
    private const int MostDefinitions = 50;
    private readonly string _expected = $"{Shown} is {Demand.Words}{Strictness.Words}";

    public Fact.KindOneofCase Reads => Source.Kind;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, _expected, Judge);

    private Opinion Judge(Fact fact)
    {
        if (Source.Before(fact, Strictness) is { } before) return before;
        var setting = Find(fact);
        if (ForSomebody(setting) is { } other) return new(Verdict.Fail, $"{other.Value} for {other.Condition}", Place(other));
        if (Strictness.Conflict(setting, Demand) is { } conflict) return conflict;
        var by = setting is null ? null : Source.Winner(setting);
        var value = Strictness.Configured ? by?.Value : setting is { HasEffective: true } ? setting.Effective : null;
        if (value is null && !(Strictness.Configured && setting is not null)) return Absent(fact, setting);
        // A file that the agent cannot read may say something that goes before, and of very many places some are left out.
        if (Source.Hidden(fact) is { } hidden) return new(Verdict.Unknown, Reason: UnseenWords.Reason([hidden]));
        if (setting!.Definitions.Count >= MostDefinitions) return new(Verdict.Unknown, Reason: $"{Shown} is set in more places than are looked at");
        if (value is null) return new(Verdict.Fail, "nothing sets it");
        var opinion = Opinion.That(Demand.Meets(value), value) with { Reason = by is null ? "the program's own default" : Place(by) };
        return Strictness.TakenIn(opinion, setting, Demand);
    }

    // The first place that holds for somebody alone and says something else.
    private SettingDefinition? ForSomebody(ConfiguredSetting? setting)
    {
        if (setting is null) return null;
        foreach (var one in setting.Definitions)
            if (one.HasCondition && !Demand.Meets(one.Value)) return one;
        return null;
    }

    // What must be said somewhere, and is said nowhere that could be hidden, needs no further knowledge.
    private Opinion Absent(Fact fact, ConfiguredSetting? setting)
    {
        var opinion = Source.Absent(fact, setting);
        var silent = (Strictness.Configured || (Strictness.Explicit && opinion.Verdict == Verdict.Unknown)) && Source.In(fact).Count > 0 && Source.Hidden(fact) is null;
        return silent ? new(Verdict.Fail, "nothing sets it") : opinion;
    }

    private ConfiguredSetting? Find(Fact fact)
    {
        foreach (var setting in Source.In(fact))
            if (setting.Name == Name) return setting;
        return null;
    }

    private static string Place(SettingDefinition definition) => $"{definition.Path} line {definition.Line}";
}
