namespace Sandbox.Tests.Evidence.Conformance;

/// <summary>Entries of <c>rules</c> as somebody would write them into a policy.</summary>
internal static class Entry
{
    /// <summary>Every place must agree, and some place must say it: how ComplianceAsCode takes configuration.</summary>
    public const string Strict = "strict_conflicts: true, require_explicit: true";

    /// <summary>The last place decides, and some place must say it.</summary>
    public const string Explicit = "require_explicit: true";

    public static string AtLeast(string id, long value, string more = "") => Of(id, $"op: \">=\", value: {value}", more);

    public static string AtMost(string id, long value, string more = "") => Of(id, $"op: \"<=\", value: {value}", more);

    public static string Between(string id, long least, long most, string more = "") => Of(id, $"op: between, min: {least}, max: {most}", more);

    public static string None(string id) => Of(id, "op: count, value: 0");

    public static string True(string id, string more = "") => Of(id, "op: eq, value: true", more);

    public static string In(string id, IEnumerable<string> words, string more = "") => Of(id, $"op: in, values: [{Quoted(words)}]", more);

    public static string Only(string id, IEnumerable<string> words, string more = "") => Of(id, $"op: only, values: [{Quoted(words)}]", more);

    public static string Holds(string id, params string[] words) => Of(id, $"op: holds, values: [{Quoted(words)}]");

    public static string NoLooser(string id, string bits, string more = "") => Of(id, $"op: no_looser, value: \"{bits}\"", more);

    public static string Unlimited(string id, string more = "") => Of(id, "op: unlimited", more);

    private static string Of(string id, string expect, string more = "") => $"  - {{ id: {id}, expect: {{ {expect} }}{(more.Length > 0 ? $", {more}" : "")} }}\n";

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"\"{word}\""));
}
