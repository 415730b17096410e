using Sandbox.Protocol;

namespace Sandbox.Evidence.Crediting;

/// <summary>What another machine says when it sees what a change brought about.</summary>
/// <param name="Kind">The fact that says it.</param>
/// <param name="Holds">Text that such a fact holds: facts without it are not read. Empty: any may say it.</param>
/// <param name="Words">What was seen, for people, behind the machine's name: <c>uses the share</c>.</param>
/// <param name="Sees">Whether a fact says it.</param>
public sealed record Outlook(Fact.KindOneofCase Kind, string Holds, string Words, Func<Fact, bool> Sees)
{
    /// <summary>What machines of others say when they are what was seen: with one of these it is not known whose it was. Empty: it can be nobody else's.</summary>
    public IReadOnlyList<Outlook> Rivals { get; init; } = [];
}
