using Sandbox.Protocol;

namespace Sandbox.Evidence.Policies;

/// <summary>What a lab demands of its devices.</summary>
public sealed class Policy
{
    private readonly IRule[] _rules;
    private readonly ILookup<Fact.KindOneofCase, IRule> _byKind;
    private readonly Dictionary<string, Severity> _severities;

    internal Policy(string id, int version, string title, IReadOnlyList<RuleSettings> settings)
    {
        (Id, Version, Title, Settings) = (id, version, title, settings);
        _rules = [.. settings.SelectMany(rule => RuleKinds.Find(rule.Rule)!.Make(rule))];
        _byKind = _rules.ToLookup(rule => rule.Reads);
        _severities = settings.ToDictionary(rule => rule.Rule, rule => rule.Severity, StringComparer.Ordinal);
        Reads = [.. _rules.Select(rule => rule.Reads).Distinct()];
    }

    /// <summary>Such as <c>lab-default</c>.</summary>
    public string Id { get; }

    /// <summary>Rises with each change of a rule, a threshold or an exemption.</summary>
    public int Version { get; }

    /// <summary>Id and version, stored beside every judgement: <c>lab-default/1</c>.</summary>
    public string Name => $"{Id}/{Version}";

    /// <summary>For people.</summary>
    public string Title { get; }

    /// <summary>Where its demands come from. Null: not said.</summary>
    public string? Source { get; init; }

    /// <summary>What whoever uses it should know. Null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Name of the policy whose rules it changes. Null: it stands alone.</summary>
    public string? Extends { get; init; }

    /// <summary>Who is left out of what.</summary>
    public IReadOnlyList<Exemption> Exemptions { get; init; } = [];

    /// <summary>Kinds of facts that its rules look at: only their change can change a verdict, and time.</summary>
    public IReadOnlyList<Fact.KindOneofCase> Reads { get; }

    /// <summary>How many rules it has.</summary>
    public int Rules => Settings.Count;

    internal IReadOnlyList<RuleSettings> Settings { get; }

    /// <summary>Whether another policy has the same rules and exemptions, whatever it is called.</summary>
    public bool DemandsTheSameAs(Policy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Settings.SequenceEqual(other.Settings) && Exemptions.SequenceEqual(other.Exemptions);
    }

    /// <summary>The rules of one kind of fact.</summary>
    internal IEnumerable<IRule> On(Fact.KindOneofCase kind) => _byKind[kind];

    /// <summary>All findings on one device at one instant.</summary>
    /// <param name="facts">What the device has reported. Nothing at all gives <see cref="Verdict.Unknown"/> for every rule.</param>
    /// <param name="now">The instant to judge at; days are UTC days.</param>
    /// <param name="silentAfter">From how long a silence on passes and failures turn <see cref="Verdict.Unknown"/>. Null: never.</param>
    /// <param name="device">The device's id, for exemptions. Null: those for one device do not count.</param>
    public Judgement Judge(DeviceFacts facts, DateTimeOffset now, TimeSpan? silentAfter = null, string? device = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var judgement = Findings(facts, now);
        if (silentAfter is { } after && facts.HeardAt is { } heard) judgement = Silence.TakenIn(judgement, heard, after, now);
        return Exempted.TakenIn(judgement, Exemptions, device, now);
    }

    private Judgement Findings(DeviceFacts facts, DateTimeOffset now)
    {
        var (findings, next) = (new List<Finding>(_rules.Length), (DateTimeOffset?)null);
        foreach (var rule in _rules)
        {
            var part = rule.Judge(facts, now);
            if (next is null || part.NextInstant < next) next = part.NextInstant ?? next;
            foreach (var finding in part.Findings)
            {
                var severity = _severities[finding.Rule];
                findings.Add(finding.Severity == severity ? finding : finding with { Severity = severity });
            }
        }
        return new Judgement(findings, next);
    }
}
