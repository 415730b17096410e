using Sandbox.Protocol;
using State = Sandbox.Protocol.DataPlace.Types.State;

namespace Sandbox.Evidence.Machines;

/// <summary>The volume that the system lies on is encrypted.</summary>
internal sealed record RootVolumeEncrypted : IRule
{
    public const string Rule = "disk.os_volume_encrypted";

    private const string Root = "/";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.Encryption;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnFact.Judge(facts, Reads, Rule, "what lies below / is encrypted", fact => Judge(fact.Encryption));

    private static Opinion Judge(Encryption fact) => fact.Places.FirstOrDefault(place => place.Path == Root) switch
    {
        null => new(Verdict.Unknown, Reason: UnseenWords.Reason(fact.Unseen)),
        { State: State.Encrypted } => new(Verdict.Pass, "encrypted"),
        { State: State.Clear } => new(Verdict.Fail, "not encrypted"),
        { State: State.Partly } => new(Verdict.Fail, "only a part of it is encrypted"),
        { State: State.Memory } => new(Verdict.NotApplicable, Reason: "it lies in memory"),
        { State: State.Elsewhere } => new(Verdict.Unknown, Reason: "another machine keeps it"),
        var place => new(Verdict.Unknown, Reason: place.HasWhy ? place.Why : "it cannot be told"),
    };
}
