using System.Text.Json.Nodes;
using Sandbox.Server.Export.Formats.Ocsf;

namespace Sandbox.Tests.Export.Formats;

/// <summary>Events for a SIEM. No package of a registry carries OCSF's schema, so what it asks for is said here.</summary>
public sealed class OcsfEventsOfALog
{
    // OCSF 1.3.0, base_event: requirement "required".
    [Fact]
    public void Every_event_has_what_the_schema_requires()
    {
        var events = Of(Record.Complete().Changed(null, "fail").Given("mentor").Given(null).Given("mentor", locked: true));

        Assert.Equal(5, events.Count);
        Assert.All(events, one => Assert.All(["activity_id", "category_uid", "class_uid", "metadata", "severity_id", "time", "type_uid"], name => Assert.NotNull(one[name])));
        Assert.All(events, one => Assert.Equal(((int)one["class_uid"]! * 100) + (int)one["activity_id"]!, (int)one["type_uid"]!));
        Assert.All(events, one => Assert.Equal((int)one["class_uid"]! / 1000, (int)one["category_uid"]!));
        Assert.All(events, one => Assert.Equal("1.3.0", (string?)Record.At(one, "metadata.version")));
    }

    [Theory]
    [InlineData("account.added", 300101), InlineData("server_account.set_up", 300101), InlineData("account.closed", 300105)]
    public void An_account_on_a_machine_that_was_changed_is_an_account_change(string act, int type)
    {
        var told = Assert.Single(Of(new Record().Stated(act: act)));

        Assert.Equal((type, "noor", Record.Then.ToUnixTimeMilliseconds()), ((int)told["type_uid"]!, (string?)Record.At(told, "user.name"), (long)told["time"]!));
    }

    [Fact]
    public void An_accounts_number_is_no_part_of_its_name()
    {
        var told = Assert.Single(Of(new Record().Stated(target: "newbie (uid 4321)")));

        Assert.Equal(("newbie", "4321"), ((string?)Record.At(told, "user.name"), (string?)Record.At(told, "user.uid")));
    }

    [Fact]
    public void A_change_is_told_once_whatever_is_stated_of_it_later() => Assert.Single(Of(new Record().Stated().Stated("held").Stated("undone")));

    [Fact]
    public void Evidence_of_other_things_is_no_event() => Assert.Empty(Of(new Record().Stated(act: "policy.mended")));

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Who_did_it_is_named_when_their_act_was_seen(bool seen) => Assert.Equal(seen ? $"{Record.Elif}" : null, (string?)Record.At(Assert.Single(Of(new Record().Stated(seen: seen))), "actor.user.uid"));

    [Theory]
    [InlineData("mentor", false, 300501), InlineData(null, false, 300502), InlineData("mentor", true, 300109)]
    public void A_persons_role_and_lock_are_told(string? role, bool locked, int type)
    {
        var told = Assert.Single(Of(new Record().Given(role, locked)));

        Assert.Equal((type, "elif", $"{Record.Mara}"), ((int)told["type_uid"]!, (string?)Record.At(told, "user.name"), (string?)Record.At(told, "actor.user.uid")));
    }

    [Theory]
    [InlineData(null, "fail", 200301), InlineData("fail", "pass", 200302), InlineData("pass", null, 200303)]
    public void A_verdict_that_became_another_is_a_compliance_finding(string? before, string? after, int type)
    {
        var told = Assert.Single(Of(new Record().Changed(before, after)));

        Assert.Equal((type, "password.min_length", "lab-default/1"), ((int)told["type_uid"]!, (string?)Record.At(told, "compliance.control"), (string?)Record.At(told, "compliance.standards.0")));
    }

    // OCSF 1.3.0, objects/compliance.json: "Warning: The compliance check did not yield a result due to missing information."
    [Theory]
    [InlineData("pass", 1, 1), InlineData("fail", 3, 3), InlineData("unknown", 2, 1), InlineData("error", 2, 1), InlineData("exempt", 99, 1)]
    public void A_verdict_has_the_status_that_OCSF_has_for_it(string verdict, int status, int severity)
    {
        var told = Assert.Single(Of(new Record().Changed(null, verdict)));

        Assert.Equal((status, severity), ((int)Record.At(told, "compliance.status_id")!, (int)told["severity_id"]!));
    }

    [Fact]
    public void Verdicts_on_one_thing_are_one_finding()
    {
        var told = Of(new Record().Changed(null, "fail").Changed("fail", "pass"));

        Assert.Equal((string?)Record.At(told[0], "finding_info.uid"), (string?)Record.At(told[1], "finding_info.uid"));
        Assert.NotEqual((string?)Record.At(told[0], "metadata.uid"), (string?)Record.At(told[1], "metadata.uid"));
    }

    private static List<JsonObject> Of(Record record)
    {
        var events = new OcsfEvents(Record.Site);
        return [.. record.Entries.Select(events.Of).OfType<JsonObject>()];
    }
}
