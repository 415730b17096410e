using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Each line of a module in the password stack carries some arguments.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Module">Such as <c>pam_pwhistory.so</c>.</param>
/// <param name="Arguments">All that must be there.</param>
internal sealed record PamArguments(string Rule, string Module, IReadOnlyList<string> Arguments) : IRule
{
    private const string Stack = "password";

    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnPolicy.Judge(facts, Rule, $"{Module} has {string.Join(" and ", Arguments)}", Judge);

    private Opinion Judge(PasswordPolicy policy)
    {
        var lines = policy.PamLines.Where(line => line.Type == Stack && line.Module == Module).ToList();
        if (lines.Count == 0) return OnPolicy.Absent(policy, Stack, $"{Module} does not stand in the {Stack} stack");
        return lines.Find(line => !Arguments.All(line.Arguments.Contains)) is { } without
            ? new(Verdict.Fail, string.Join(' ', without.Arguments), $"{without.Path} line {without.Line}")
            : new(Verdict.Pass, string.Join(' ', lines[0].Arguments));
    }
}
