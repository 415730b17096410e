using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.Evidence;
using Sandbox.Evidence.Policies;

namespace Sandbox.Server.Compliance;

/// <summary>A judgement for programs.</summary>
internal static class JudgementJson
{
    /// <summary>One object: the policy's name, the instant, and the findings, of which absent properties are not known.</summary>
    public static string Of(Policy policy, DateTimeOffset at, Judgement judgement) => JsonSerializer.Serialize(new JudgementDocument(policy.Name, at.UtcDateTime, judgement.NextInstant?.UtcDateTime,
        [.. judgement.Findings.Select(one => new FindingDocument(one.Rule, one.Subject.Length == 0 ? null : one.Subject, one.Verdict, one.Expected, one.Observed, one.Reason, one.Severity))]),
        JudgementJsonContext.Default.JudgementDocument);
}

/// <summary>What is printed.</summary>
/// <param name="Policy">Id and version.</param>
/// <param name="At">The instant of the judgement, UTC.</param>
/// <param name="NextInstant">When time alone may change a finding. Null: it changes none.</param>
/// <param name="Findings">One for each rule and subject.</param>
internal sealed record JudgementDocument(string Policy, DateTime At, DateTime? NextInstant, IReadOnlyList<FindingDocument> Findings);

/// <summary>See <see cref="Finding"/>.</summary>
internal sealed record FindingDocument(string Rule, string? Subject, Verdict Verdict, string Expected, string? Observed, string? Reason, Severity Severity);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(KebabCaseEnum<Verdict>), typeof(KebabCaseEnum<Severity>)])]
[JsonSerializable(typeof(JudgementDocument))]
internal sealed partial class JudgementJsonContext : JsonSerializerContext;

/// <summary><c>not-applicable</c>.</summary>
internal sealed class KebabCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower) where T : struct, Enum;
