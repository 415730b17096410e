using System.Collections.Concurrent;
using Sandbox.Evidence.Licences;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Policies;

/// <summary>What a lab demands of its devices.</summary>
public sealed class Policy
{
    private readonly NamedRule[] _rules;
    private readonly ILookup<Fact.KindOneofCase, NamedRule> _byKind;
    private readonly Dictionary<string, Severity> _severities;

    // By the entries of `for` that concern a device: a bit for each. A lab has a handful of sets, whatever number of devices.
    private readonly ConcurrentDictionary<ulong, Policy> _scopedBy = [];

    internal Policy(string id, int version, string title, IReadOnlyList<RuleSettings> settings, IReadOnlyList<ScopedRules> scoped)
    {
        (Id, Version, Title, Settings, Scoped) = (id, version, title, settings, scoped);
        _rules = [.. settings.SelectMany(rule => RuleKinds.Find(rule.Rule)!.Make(rule).Select(made => new NamedRule(rule.Rule, made)))];
        _byKind = _rules.ToLookup(one => one.Rule.Reads);
        _severities = settings.ToDictionary(rule => rule.Rule, rule => rule.Severity, StringComparer.Ordinal);
        Anywhere = scoped.Count == 0 ? this : new Policy(id, version, title, RuleChange.All(settings, scoped.SelectMany(one => one.Changes).Where(change => !change.IsOff)), []);
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

    /// <summary>Kinds of facts that its rules look at, or that tell which rules a device is asked: only their change can change a verdict, and time.</summary>
    public IReadOnlyList<Fact.KindOneofCase> Reads => field ??= [.. Anywhere._rules.Select(one => one.Rule.Reads).Concat(AsksForRoles ? [Fact.KindOneofCase.Services] : []).Distinct()];

    /// <summary>How many rules every device is asked.</summary>
    public int Rules => Settings.Count;

    /// <summary>How many rules are different for some devices.</summary>
    public int ScopedRules => Scoped.Sum(one => one.Changes.Count);

    /// <summary>Groups of devices that it names.</summary>
    public IReadOnlyList<string> Groups => [.. Scoped.Select(one => one.Scope.Group).Concat(Exemptions.Select(one => one.Scope.Group)).OfType<string>().Concat(Licensed.SelectMany(one => one.Groups)).Distinct()];

    /// <summary>The same with every rule that some device is asked, and none of them for some devices alone.</summary>
    public Policy Anywhere { get; }

    // Of every device, and of some.
    private IEnumerable<LicensedProduct> Licensed => Settings.Select(one => one.Expect).Concat(Scoped.SelectMany(one => one.Changes).Select(one => one.Expect)).OfType<Expectation.Register>().SelectMany(one => one.Products);

    private bool AsksForRoles => Scoped.Any(one => one.Scope.Role is not null) || Exemptions.Any(one => one.Scope.Role is not null);

    internal IReadOnlyList<RuleSettings> Settings { get; }

    internal IReadOnlyList<ScopedRules> Scoped { get; }

    /// <summary>What of it is past, in words with what to do: exemptions and licences.</summary>
    public IReadOnlyList<string> Past(DateTimeOffset now) =>
    [
        .. Exemptions.Where(one => one.Ends <= now).Select(one => $"the exemption from {one.Rule} ended with {one.Until:yyyy-MM-dd} and exempts nobody: take it out, or give it another day ({one.Reason})"),
        .. Licensed.Where(one => one.Until < DateOnly.FromDateTime(now.UtcDateTime)).Select(one => $"the licence of {one.Name} ended with {one.Until:yyyy-MM-dd}, so every device that has it fails: give it another day, or say `seats: 0`"),
    ];

    /// <summary>Whether another policy has the same rules and exemptions, whatever it is called.</summary>
    public bool DemandsTheSameAs(Policy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Settings.SequenceEqual(other.Settings) && Scoped.SequenceEqual(other.Scoped) && Exemptions.SequenceEqual(other.Exemptions);
    }

    /// <summary>What it demands of a device of these groups and this role.</summary>
    public Policy For(DeviceFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var concerning = 0UL;
        for (var i = 0; i < Scoped.Count; i++)
            if (Scoped[i].Scope.Covers(facts)) concerning |= 1UL << i;
        if (concerning == 0) return this;
        return _scopedBy.TryGetValue(concerning, out var known) ? known : _scopedBy.GetOrAdd(concerning, Made);
    }

    /// <summary>For which of its entries of <c>for</c> a device is one, in words.</summary>
    public IReadOnlyList<string> ScopesOf(DeviceFacts facts) => [.. Scoped.Where(one => one.Scope.Covers(facts)).Select(one => one.Scope.Words).Distinct()];

    /// <summary>The rules of one kind of fact.</summary>
    internal IEnumerable<IRule> On(Fact.KindOneofCase kind) => _byKind[kind].Select(one => one.Rule);

    /// <summary>The same with their ids.</summary>
    internal IEnumerable<NamedRule> NamedOn(Fact.KindOneofCase kind) => _byKind[kind];

    /// <summary>All findings on one device at one instant.</summary>
    /// <param name="facts">What the device has reported, and what people say of it. Nothing at all gives <see cref="Verdict.Unknown"/> for every rule.</param>
    /// <param name="now">The instant to judge at; days are UTC days.</param>
    /// <param name="silentAfter">From how long a silence on passes and failures turn <see cref="Verdict.Unknown"/>. Null: never.</param>
    public Judgement Judge(DeviceFacts facts, DateTimeOffset now, TimeSpan? silentAfter = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var judgement = For(facts).Findings(facts, now);
        if (silentAfter is { } after && facts.HeardAt is { } heard) judgement = Silence.TakenIn(judgement, heard, after, now);
        return Exempted.TakenIn(judgement, Exemptions, facts, now);
    }

    private Judgement Findings(DeviceFacts facts, DateTimeOffset now)
    {
        var (findings, next) = (new List<Finding>(_rules.Length), (DateTimeOffset?)null);
        foreach (var (_, rule) in _rules)
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

    private Policy Made(ulong concerning) =>
        new(Id, Version, Title, RuleChange.All(Settings, Scoped.Where((_, i) => (concerning >> i & 1) == 1).SelectMany(one => one.Changes)), []) { Exemptions = Exemptions };
}

/// <summary>A rule with the id by which policies name it; two may have the same.</summary>
/// <param name="Id">Such as <c>password.min_length</c>.</param>
/// <param name="Rule">The rule.</param>
internal readonly record struct NamedRule(string Id, IRule Rule);
