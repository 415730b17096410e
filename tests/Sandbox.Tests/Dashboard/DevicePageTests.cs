using System.Net;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;

namespace Sandbox.Tests.Dashboard;

public sealed class DevicePageTests : PagesTest
{
    [Theory]
    [InlineData("password_policy.default_max_age_days", "90 days"), InlineData("password_policy.effective_min_length", "14 characters")]
    [InlineData("operating_system.kernel", "6.1.0-37-amd64"), InlineData("hardware.memory_bytes", "15.5 GiB"), InlineData("network_interfaces.gateways", "192.0.2.1")]
    [InlineData("accounts.uid_min", "1000"), InlineData("agent_health.privileged", "yes"), InlineData("agent_health.spool_limit_bytes", "256 MiB")]
    public async Task A_fact_stands_in_its_own_cell(string path, string text)
    {
        var page = await PageAsync(SampleFacts.All(Server.Time.GetUtcNow()));

        Assert.Matches($"<dd data-fact=\"{Regex.Escape(path)}\">{Regex.Escape(text)}</dd>", page);
    }

    [Theory]
    [InlineData("password_policy.lockout_threshold", "nothing locks"), InlineData("password_policy.default_max_age_days", "not configured")]
    [InlineData("password_policy.history", "nothing remembers any")]
    public async Task An_absent_value_is_said_in_words_and_never_as_zero(string path, string words)
    {
        var page = await PageAsync(new Fact { PasswordPolicy = new PasswordPolicy() });

        Assert.Matches($"<dd data-fact=\"{Regex.Escape(path)}\"><span class=\"absent\">{words}</span></dd>", page);
    }

    [Fact]
    public async Task Nothing_is_said_not_to_be_there_that_may_only_be_unseen()
    {
        var policy = new PasswordPolicy { Unseen = { new Unseen { What = "/etc/pam.d/common-auth", Why = "not present" } } };
        var software = new Software { Unseen = { new Unseen { What = "/var/lib/dpkg/status", Why = "not present" } } };

        var page = await PageAsync(new Fact { PasswordPolicy = policy }, new Fact { Software = software });

        Assert.Contains("<dd data-fact=\"password_policy.lockout_threshold\"><span class=\"absent\">nothing locks, or it could not be seen</span></dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd data-fact=\"password_policy.quality_enforced\"><span class=\"absent\">cannot be told</span></dd>", page, StringComparison.Ordinal);
        Assert.Matches("<dd data-fact=\"software.packages\">[^0-9]*none that could be seen", page);
    }

    [Theory]
    [InlineData("password.min_length", "fail"), InlineData("password.history", "pass")]
    public async Task A_finding_carries_its_rule_and_verdict(string rule, string verdict)
    {
        var page = await PageAsync(SampleFacts.Policy(minLength: 8));

        Assert.Matches($"data-rule=\"{Regex.Escape(rule)}\" data-subject=\"\" data-verdict=\"{verdict}\"", page);
    }

    [Fact]
    public async Task What_could_not_be_seen_comes_with_its_remedy()
    {
        var page = await PageAsync(SampleFacts.Machine());

        Assert.Contains("/sys/class/dmi/id/product_serial", page, StringComparison.Ordinal);
        Assert.Contains("What to do: run the agent as root", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_a_device_is_never_markup()
    {
        var page = await PageAsync(SampleFacts.Os(Server.Time.GetUtcNow(), name: "<img src=x onerror=alert(1)>"));

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_that_were_never_reported_are_named_so()
    {
        var page = await PageAsync(SampleFacts.Policy());

        // Acts and minutes of traffic are events and no state: they have no sheet.
        var states = Fact.Descriptor.Fields.InDeclarationOrder().Count(field => field.FieldNumber is not (Fact.ActsFieldNumber or Fact.InterfaceCountersFieldNumber));
        Assert.Equal(states - 1, Regex.Count(page, "Not reported yet"));
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_in_words()
    {
        var device = await DeviceAsync("late", Mentor, d => d.ClockOffsetMs = -7_200_000);
        using var mentor = await AsMentorAsync();

        Assert.Contains("2 hours behind the server", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_device_says_why()
    {
        var device = await DeviceAsync("gone", Mentor, d => (d.State, d.StateReason) = (DeviceState.Revoked, "stolen from the train"));
        using var mentor = await AsMentorAsync();

        Assert.Contains("stolen from the train", await mentor.ReadAsync($"/devices/{device.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_have_a_page_that_can_be_filtered()
    {
        var device = await DeviceAsync("full", Mentor);
        await FactsAsync(device, SampleFacts.Packages(412));
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}/software?q=package-41");

        Assert.Equal(2, Regex.Count(page, "<th scope=\"row\">package-41"));
    }

    [Fact]
    public async Task A_package_says_where_it_came_from_and_since_when_it_is_there_and_what_is_not_known_is_said()
    {
        var device = await DeviceAsync("origins", Mentor);
        var at = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        await FactsAsync(device, new Fact { Software = new Software { Packages = { new Package { Name = "nano", Version = "7", Origin = "Fedora Project", Repository = "updates", InstalledAt = at }, new Package { Name = "vim", Version = "9" } } } });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}/software");

        Assert.Contains(">Fedora Project, by updates</td><td data-label=\"Installed\">2026-11-20</td>", page, StringComparison.Ordinal);
        Assert.Contains(">not said</td><td data-label=\"Installed\">not known</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_that_stand_side_by_side_have_rows_of_their_own()
    {
        var device = await DeviceAsync("kernels", Mentor);
        var kernels = ((string[])["6.1-1", "6.2-1"]).Select(version => new Package { Name = "kernel", Version = version, Architecture = "x86_64", Manager = Package.Types.Manager.Rpm });
        await FactsAsync(device, new Fact { Software = new Software { Packages = { kernels } } });
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync($"/devices/{device.Id}/software");

        Assert.Equal(2, Regex.Matches(page, "data-key=\"(kernel:[^\"]*)\"").Select(match => match.Groups[1].Value).Distinct().Count());
    }

    [Theory]
    [InlineData("/devices/zz"), InlineData("/devices/00000000000000000000000000000000"), InlineData("/nothing")]
    public async Task What_is_not_there_gets_a_friendly_404(string path)
    {
        using var mentor = await AsMentorAsync();

        var answer = await mentor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>Not found</h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/"), InlineData("/devices"), InlineData("/sign-in")]
    public async Task A_page_holds_nothing_inline(string path)
    {
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync(path);

        Assert.DoesNotMatch("<style|style=\"|<script(?![^>]* src=)|\\son[a-z]+=\"", page);
    }

    private async Task<string> PageAsync(params IReadOnlyList<Fact> facts)
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, facts);
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/devices/{device.Id}");
    }
}
