using Sandbox.Evidence.Crediting;
using Sandbox.Protocol;

namespace Sandbox.Evidence.Licences;

/// <summary>What is installed and needs a licence is held by the device, by a licence that has not ended: one finding for each product of the register.</summary>
/// <param name="Products">The register.</param>
internal sealed record LicenceRegister(IReadOnlyList<LicensedProduct> Products) : IRule
{
    public const string Rule = "software.licences";

    /// <summary>What is observed of a product that is not there.</summary>
    public const string NotInstalled = "not installed";

    private const int WarnDays = 30;

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Software;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now)
    {
        var (findings, next) = (new List<Finding>(Products.Count), (DateTimeOffset?)null);
        foreach (var product in Products)
        {
            var part = OnFact.Judge(facts, Reads, Rule, Expected(product), fact => Judge(product, fact, facts.About, now));
            findings.Add(part.Findings[0] with { Subject = product.Name });
            if (next is null || part.NextInstant < next) next = part.NextInstant ?? next;
        }
        return new Judgement(findings, next);
    }

    private static string Expected(LicensedProduct product) => $"{product.Name} is installed only by who holds a licence: {product.Holders}{(product.Seats is { } seats and > 0 ? $", {seats} {(seats == 1 ? "seat" : "seats")}" : "")}{(product.Until is { } until ? $", until {until:yyyy-MM-dd}" : "")}";

    private static (Opinion, DateTimeOffset?) Judge(LicensedProduct product, Fact fact, AboutDevice about, DateTimeOffset now)
    {
        if (fact.Software.Packages.FirstOrDefault(one => product.Is(one.Name)) is not { } package)
            return (NotThere(fact), null);
        var observed = package.Version.Length > 0 ? $"{package.Name} {package.Version}" : package.Name;
        if (!product.IsHeldBy(about)) return (new Opinion(Verdict.Fail, observed, "the register has no licence for this device: register one, or remove it"), null);
        return product.Until is { } until ? Dated(observed, until, now) : (new Opinion(Verdict.Pass, observed), null);
    }

    // What lies where the agent could not look may be this very product: a snap, or a flatpak.
    private static Opinion NotThere(Fact fact)
    {
        List<Unseen> hidden = [.. fact.Software.Unseen.Where(one => one.Why != UnseenWords.NotPresent)];
        return hidden.Count == 0 && Beginnable.Is(fact) ? new Opinion(Verdict.Pass, NotInstalled) : new Opinion(Verdict.Unknown, Reason: UnseenWords.Reason(hidden));
    }

    private static (Opinion, DateTimeOffset?) Dated(string observed, DateOnly until, DateTimeOffset now)
    {
        var ends = new DateTimeOffset(until.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        if (now >= ends) return (new Opinion(Verdict.Fail, observed, $"the licence ended with {until:yyyy-MM-dd}"), null);
        var warn = ends.AddDays(-WarnDays);
        return now < warn ? (new Opinion(Verdict.Pass, observed), warn) : (new Opinion(Verdict.Pass, $"{observed}; the licence ends with {until:yyyy-MM-dd}"), ends);
    }
}
