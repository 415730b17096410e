using Sandbox.Protocol;

namespace Sandbox.Evidence.Machines;

/// <summary>Files are scanned when they are opened.</summary>
internal sealed record RealTimeScanning : IRule
{
    public const string Rule = "av.realtime";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Antivirus;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "files are scanned when they are opened",
        fact => Scanners.On(fact.Antivirus, one => one.HasRealTime ? one.RealTime : null, "scans files when they are opened", "does not scan files when they are opened", "does not say whether it scans files when they are opened"));
}
