using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Protocol;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>A policy of one rule, as somebody would write it, asked about one fact.</summary>
internal static class OneRule
{
    private const string Head = "schema: 1\nid: lab\nversion: 1\ntitle: Lab\nrules:\n";

    /// <summary>The findings.</summary>
    /// <param name="entry">What stands between the braces.</param>
    /// <param name="fact">The fact. Null: the device has reported nothing.</param>
    /// <param name="about">What people say of the device. Null: nothing.</param>
    public static IReadOnlyList<Finding> All(string entry, Fact? fact, AboutDevice? about = null) => Judge(entry, fact, about).Findings;

    /// <summary>The findings, and when time alone may change one.</summary>
    public static Judgement Judge(string entry, Fact? fact, AboutDevice? about = null)
    {
        var reading = PolicyReader.Read($"{Head}  - {{ {entry} }}\n");
        Assert.True(reading.Policy is not null, string.Join('\n', reading.Faults));
        var facts = new DeviceFacts { About = about ?? AboutDevice.Nothing };
        if (fact is not null) facts.Put(new ReportedFact(fact, 7, Reported.Now.AddDays(-1), Reported.Now));
        return reading.Policy.Judge(facts, Reported.Now);
    }

    /// <summary>The only finding.</summary>
    public static Finding Of(string entry, Fact? fact) => Assert.Single(All(entry, fact));
}
