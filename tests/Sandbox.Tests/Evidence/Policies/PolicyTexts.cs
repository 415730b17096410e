using CsCheck;
using Sandbox.Evidence.Policies;

namespace Sandbox.Tests.Evidence.Policies;

/// <summary>What is said of texts that are no policy: every fault, where it stands, and what may stand there instead.</summary>
public sealed class PolicyTexts
{
    private const string Head = "schema: 1\nid: lab\nversion: 1\ntitle: Lab\n";

    [Theory]
    [InlineData("", "1:1: nothing is in here"), InlineData("- a", "1:1: a policy must be a mapping of keys to values, and is a list"), InlineData("a: [", "2:1: this is no YAML: *"), InlineData("a: 1\na: 2\n", "*: this is no YAML: *")]
    [InlineData(Head + "rules: []\n---\nb: 1\n", "1:1: more than one document is in here*"), InlineData("a: &x 1\nb: *x\n", "2:4: aliases are not read here*"), InlineData("x: !<:> b\n", "1:1: this is no YAML"), InlineData("x: \"\\UFFFFFFFF\"\n", "1:1: this is no YAML")]
    [InlineData(Head + "extends: stig\n!!str version: 2\n", "6:1: a key has no tag here"), InlineData("schema: 1\nid: \"lab\\n\"\nversion: 1\ntitle: t\nextends: stig\n", "2:5: `id` must be small letters*"), InlineData("schema: 1\nid: lab\nversion: !!str 1\ntitle: t\nextends: stig\n", "3:10: `version` must be a whole number*")]
    [InlineData(Head, "1:1: `rules` is missing"), InlineData("id: lab\nversion: 1\ntitle: t\nrules: []\n", "1:1: `schema` is missing")]
    [InlineData("schema: 2\nid: lab\nversion: 1\ntitle: t\n", "1:9: `schema` must be a whole number from 1 to 1, and is `2`"), InlineData("schema: 1\nid: My Lab\nversion: 1\ntitle: t\nextends: stig\n", "2:5: `id` must be small letters*")]
    [InlineData("schema: 1\nid: lab\nversion: \"1\"\ntitle: t\nextends: stig\n", "3:10: `version` must be a whole number*"), InlineData(Head + "extends: cis\n", "5:10: there is no policy `cis` to extend; known: lab-default, cis-l1, stig, nist-800-63b")]
    [InlineData(Head + "extends: stig\nrule: []\n", "6:1: `rule` means nothing here; known: schema, id*"), InlineData(Head + "rules: 5\n", "5:8: `rules` must be a list, and is a text")]
    public void A_text_that_is_no_policy_says_why(string text, string expected) => Assert.True(Matches(expected, Assert.Single(Faults(text))), string.Join('\n', Faults(text)));

    [Theory]
    [InlineData("{ id: password.length, expect: { op: \">=\", value: 12 } }", "6:11: `password.length` is no rule; the nearest is password.min_length, and `sandbox-server policy rules` lists all"), InlineData("{ expect: { op: ignore } }", "6:5: `id` is missing"), InlineData("text", "6:5: an entry of `rules` must be a mapping*")]
    [InlineData("{ id: password.history }", "6:5: `expect` is missing"), InlineData("{ id: password.history, expect: 5 }", "6:37: `expect` must be a mapping*"), InlineData("{ id: password.history, expect: { value: 5 } }", "6:37: `op` is missing")]
    [InlineData("{ id: password.history, expect: { op: between, min: 1, max: 2 } }", "6:43: `op` must be >= or ignore, and is `between`"), InlineData("{ id: password.history, expect: { op: \">=\", value: many } }", "6:56: `value` must be a whole number from 1 to 400, and is `many`")]
    [InlineData("{ id: password.history, expect: { op: \">=\", value: 401 } }", "6:56: *"), InlineData("{ id: password.history, expect: { op: \">=\", value: 5, min: 3 } }", "6:59: `min` means nothing here; known: op, value"), InlineData("{ id: password.history, expect: { op: ignore } }", "6:37: `password.history` is asked of nobody*")]
    [InlineData("{ id: lockout.threshold, expect: { op: between, min: 5, max: 1 } }", "6:58: `min` is greater than `max`*"), InlineData("{ id: password.hash_scheme, expect: { op: in, values: [md5] } }", "6:60: `md5` is none of yescrypt*"), InlineData("{ id: password.hash_scheme, expect: { op: in, values: [] } }", "6:59: `values` must name at least one")]
    [InlineData("{ id: password.history, expect: { op: \">=\", value: 5 }, severity: grave }", "6:71: `severity` must be low or medium or high, and is `grave`"), InlineData("{ id: password.history, expect: { op: \">=\", value: 5 }, grace_days: 3 }", "6:61: `grace_days` means nothing here*")]
    [InlineData("{ id: password.max_age_days, expect: { op: \"<=\", value: 90 }, grace_days: 9999 }", "6:79: `grace_days` must be a whole number from 0 to 365*")]
    [InlineData("{ id: password.history, expect: { op: \">=\", value: 5 }, value: configured }", "6:61: `value` means nothing here*"), InlineData("{ id: password.min_length, expect: { op: \">=\", value: 5 }, value: written }", "6:71: `value` must be configured or effective, and is `written`")]
    [InlineData("{ id: password.history, expect: { op: \">=\", value: 5 }, strict_conflicts: yes }", "6:79: `strict_conflicts` must be true or false, and is `yes`"), InlineData("{ id: av.running, expect: { op: eq, value: true }, require_explicit: true }", "6:56: `require_explicit` means nothing here*")]
    [InlineData("{ id: password.warn_days, expect: { op: \">=\", value: 7 }, scope: [robots] }", "6:70: `scope` must name new_accounts, accounts or both, and names `robots`"), InlineData("{ id: password.warn_days, expect: { op: \">=\", value: 7 }, scope: [] }", "6:70: `scope` must name new_accounts, accounts or both")]
    [InlineData("{ id: login_defs.umask, expect: { op: no_looser, value: 28 } }", "6:61: `value` must be bits in octal such as 0640 or 027, and is `28`"), InlineData("{ id: file.shadow.mode, expect: { op: no_looser, value: 17777 } }", "6:61: `value` must be bits in octal*"), InlineData("{ id: file.shadow.owner, expect: { op: in } }", "6:38: `values` is missing")]
    public void A_rule_that_is_wrong_says_where(string rule, string expected)
    {
        var faults = Faults($"{Head}rules:\n  - {rule}\n");

        Assert.True(Matches(expected, Assert.Single(faults)), string.Join('\n', faults));
    }

    [Theory]
    [InlineData("{ rule: password.history, reason: it is a kiosk }", "7:5: `until` is missing"), InlineData("{ rule: password.history, reason: it is a kiosk, until: soon }", "7:61: `until` must be a day such as 2027-01-31*"), InlineData("{ rule: password.history, reason: no, until: 2027-01-31 }", "7:39: `reason` must say why*")]
    [InlineData("{ rule: account.empty_password, reason: it is a kiosk, until: 2027-01-31 }", "7:13: `account.empty_password` is no rule of this policy; the nearest is password.history"), InlineData("{ rule: password.history, reason: it is a kiosk, until: 2027-01-31, who: anna }", "7:73: `who` means nothing here*")]
    [InlineData("{ rule: password.history, reason: it is a kiosk, until: 2027-01-31, subject: }", "7:82: nothing stands behind `subject`*"), InlineData("{ rule: password.history, reason: it is a kiosk, until: 2027-01-31, device: ~ }", "7:81: nothing stands behind `device`*")]
    [InlineData("{ rule: password.history, reason: it is a kiosk, until: 2027-01-31, device: kiosk-1 }", "7:81: `device` must be a device's id, 32 hexadecimal digits*")]
    public void An_exemption_that_is_wrong_says_where(string exemption, string expected)
    {
        var faults = Faults($"{Head}rules: [{{ id: password.history, expect: {{ op: \">=\", value: 5 }} }}]\nexemptions:\n  - {exemption}\n");

        Assert.True(Matches(expected, Assert.Single(faults)), string.Join('\n', faults));
    }

    [Theory]
    [InlineData("extends: lab-defalt\nrules: [{ id: password.history, expect: { op: \">=\", value: 5 } }]\nexemptions:\n  - { rule: firewall.active, reason: it is a kiosk, until: 2027-01-31 }\n", "5:10: there is no policy `lab-defalt` to extend*")]
    [InlineData("rules: [{ id: password.history, expect: { op: \">=\", value: -5 } }]\nexemptions:\n  - { rule: password.history, reason: it is a kiosk, until: 2027-01-31 }\n", "5:60: `value` must be a whole number*")]
    public void What_follows_from_another_fault_is_no_fault(string rest, string expected)
    {
        var faults = Faults($"{Head}{rest}");

        Assert.True(Matches(expected, Assert.Single(faults)), string.Join('\n', faults));
    }

    [Fact]
    public void Every_fault_is_told_at_once_in_the_order_of_the_text()
    {
        var faults = Faults("schema: 1\nid: lab\nversion: 0\ntitle: t\nrules:\n  - { id: nothing }\n  - { id: password.history, expect: { op: \">=\", value: 5 } }\n  - { id: password.history, expect: { op: \">=\", value: 6 } }\nowner: me\n");

        Assert.Equal(["3:10", "6:11", "8:11", "9:1"], faults.Select(fault => string.Join(':', fault.Split(':')[..2])));
    }

    [Fact]
    public void A_text_that_is_nested_without_end_is_no_policy() => Assert.Contains("deep", Assert.Single(Faults(new string('[', 100_000))), StringComparison.Ordinal);

    [Fact]
    public void No_text_at_all_breaks_the_reader()
    {
        string[] pieces = [Head, "rules:\n", "  - ", "{ ", " }", "id: ", "password.history", "expect: ", "op: ", ">=", "value: ", "5", "\n", ", ", "[", "]", "exemptions:\n", "until: ", "2027-01-31", "&a ", "*a", "!!int ", "\"", "'", "|\n", "? ", "---\n", "\0", "%", "null", "\t", "extends: stig\n", "values: ", "!<", ">", "\\UFFFFFFFF", "!"];
        Gen.Int[0, pieces.Length - 1].Array[0, 40].Sample(picks =>
        {
            var reading = PolicyReader.Read(string.Concat(picks.Select(pick => pieces[pick])));
            return reading.Policy is null == reading.Faults.Count > 0;
        }, iter: Fuzz.Times(3000), threads: 1);
    }

    private static List<string> Faults(string text) => [.. PolicyReader.Read(text).Faults.Select(fault => fault.ToString())];

    private static bool Matches(string pattern, string text) => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}
