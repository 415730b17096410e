using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>The malware scanners of a device, of which the best counts: a second one that is switched off harms nobody.</summary>
internal static class Scanners
{
    /// <summary>What it means that no scanner was seen. Null: one was.</summary>
    public static Opinion? None(Antivirus fact) => fact.Products.Count > 0 ? null
        : fact.Unseen.Count > 0 ? new Opinion(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen))
        : new Opinion(Verdict.Fail, "no malware scanner is installed");

    /// <summary>The opinion on a switch that each scanner has: on in one is enough, and where none is on, nobody knows what none of them says.</summary>
    public static Opinion On(Antivirus fact, Func<AntivirusProduct, bool?> of, string on, string off, string silent)
    {
        if (None(fact) is { } none) return none;
        if (fact.Products.FirstOrDefault(one => of(one) == true) is { } good) return new Opinion(Verdict.Pass, $"{good.Name} {on}");
        if (fact.Products.FirstOrDefault(one => of(one) is null) is { } open) return new Opinion(Verdict.Unknown, Reason: $"{open.Name} {silent}");
        var first = fact.Products[0];
        return new Opinion(Verdict.Fail, $"{first.Name} {off}", first.Problems.Count > 0 ? first.Problems[0] : null);
    }
}
