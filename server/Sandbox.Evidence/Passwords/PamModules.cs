using Sandbox.Protocol;

namespace Sandbox.Evidence.Passwords;

/// <summary>Modules stand in a PAM stack.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Stack"><c>auth</c> or <c>password</c>.</param>
/// <param name="Modules">All that must be there, such as <c>pam_pwhistory.so</c>.</param>
internal sealed record PamModules(string Rule, string Stack, IReadOnlyList<string> Modules) : IRule
{
    public Fact.KindOneofCase Reads => Fact.KindOneofCase.PasswordPolicy;

    public Judgement Judge(DeviceFacts facts, DateTimeOffset now) => OnPolicy.Judge(facts, Rule, $"the {Stack} stack holds {string.Join(" and ", Modules)}", Judge);

    private Opinion Judge(PasswordPolicy policy)
    {
        var missing = Modules.Where(module => !policy.PamLines.Any(line => line.Type == Stack && line.Module == module)).ToList();
        return missing.Count == 0 ? new(Verdict.Pass, string.Join(", ", Modules)) : OnPolicy.Absent(policy, Stack, $"it does not hold {string.Join(", ", missing)}");
    }
}
