using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>A scanner works with definitions that were built lately, by their own header.</summary>
/// <param name="AtMostHours">Greatest age, in hours.</param>
internal sealed record SignatureAge(long AtMostHours) : IRule
{
    public const string Rule = "av.signature_age_hours";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Antivirus;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) =>
        OnFact.Judge(facts, Reads, Rule, $"definitions of malware are {AtMostHours} hours old at most", fact => Judge(fact.Antivirus, now));

    private (Opinion, DateTimeOffset?) Judge(Antivirus fact, DateTimeOffset now)
    {
        if (Scanners.None(fact) is { } none) return (none, null);
        var built = fact.Products.Select(one => (one.Name, At: Clock.Of(one.DefinitionsBuiltAt))).Where(one => one.At is not null).OrderByDescending(one => one.At).ToList();
        if (built is not [({ } name, { } at), ..]) return (Undated(fact), null);
        var observed = $"{name}: built on {Instant.Words(at)}";
        if (at > now + Clock.Skew) return (new Opinion(Verdict.Error, observed, "that lies in the future"), at - Clock.Skew);
        var end = at + TimeSpan.FromHours(AtMostHours);
        if (now <= end) return (new Opinion(Verdict.Pass, observed), end + TimeSpan.FromTicks(1));
        // The best counts, and of one that says nothing nobody knows whether it is better.
        return (Open(fact) is { } other ? new Opinion(Verdict.Unknown, Reason: $"{observed}, which is too old; how old the definitions of {other.Name} are is not known")
            : new Opinion(Verdict.Fail, observed, $"too old since {Instant.Words(end)}"), null);
    }

    private static AntivirusProduct? Open(Antivirus fact) => fact.Products.FirstOrDefault(one => Clock.Of(one.DefinitionsBuiltAt) is null && one is not { HasSignatures: true, Signatures: 0 });

    private static Opinion Undated(Antivirus fact) => Open(fact) is null
        ? new Opinion(Verdict.Fail, $"{fact.Products[0].Name} has no definitions")
        : new Opinion(Verdict.Unknown, Reason: $"how old the definitions of {string.Join(", ", fact.Products.Select(one => one.Name))} are is not known");
}
