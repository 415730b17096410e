using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd.Doors;

/// <summary>Certificates that must not get through. The agent says why, does not exit, and loses nothing.</summary>
public sealed class Certificates : LabTest
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retries = TimeSpan.FromSeconds(75);

    [Fact]
    public async Task Revoking_a_device_closes_its_live_stream_within_seconds_and_the_agent_says_why()
    {
        var agent = await ReportingAsync();

        _ = (await Lab.CommandAsync(Ct, "devices", "revoke", agent.Name, "--reason", "laptop was stolen")).Worked;

        await SaysAsync(agent, "DEVICE_REVOKED", Seconds);
        Assert.Contains("DEVICE_REVOKED", Lab.Server.Log, StringComparison.Ordinal);
        Assert.False(agent.Process.HasExited);
    }

    [Fact]
    public async Task What_a_revoked_device_reports_afterwards_is_not_stored()
    {
        var agent = await ReportingAsync();
        _ = (await Lab.CommandAsync(Ct, "devices", "revoke", agent.Name)).Worked;
        await SaysAsync(agent, "DEVICE_REVOKED", Seconds);
        var stored = Lab.Reports;

        agent.Files.SetMaxDays(30);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Ct);

        Assert.Equal(stored, Lab.Reports);
    }

    [Fact]
    public async Task Retiring_a_device_closes_its_stream_with_that_reason()
    {
        var agent = await ReportingAsync();

        _ = (await Lab.CommandAsync(Ct, "devices", "retire", agent.Name)).Worked;

        await SaysAsync(agent, "DEVICE_RETIRED", Seconds);
    }

    [Fact]
    public async Task A_key_that_the_server_does_not_know_is_named_so()
    {
        var agent = await ReportingAsync();
        await Lab.Server.StopAsync();
        Lab.Change("pragma foreign_keys = off; update Devices set PublicKeyHash = zeroblob(32)");

        await Lab.StartServerAsync(Ct);

        await SaysAsync(agent, "DEVICE_UNKNOWN", Retries);
        Assert.False(agent.Process.HasExited);
    }

    [Fact]
    public async Task A_certificate_of_another_lab_ends_in_the_handshake_and_both_sides_name_it()
    {
        await using var other = await Lab.StartAsync(Ct);
        var stranger = other.AddAgent("stranger");
        _ = (await stranger.EnrolAsync(await other.JoinCodeAsync(Ct), Ct)).Worked;
        Mislead(stranger);

        stranger.Start();

        await Patience.UntilAsync("The server names the foreign certificate", Retries,
            () => Lab.Server.Log.Contains("is not one of this server's", StringComparison.Ordinal), Ct);
        await SaysAsync(stranger, "CERTIFICATE_FOREIGN", Seconds);
    }

    [Fact]
    public async Task An_agent_does_not_speak_to_a_server_with_another_CA()
    {
        await using var other = await Lab.StartAsync(Ct);
        var stranger = other.AddAgent("stranger");
        _ = (await stranger.EnrolAsync(await other.JoinCodeAsync(Ct), Ct)).Worked;
        PointTo(stranger, Lab.AgentPort);

        stranger.Start();

        await SaysAsync(stranger, "certificate", Retries);
        Assert.Equal(0, Lab.Reports);
    }

    private async Task<LabAgent> ReportingAsync()
    {
        var agent = await Lab.RunAgentAsync("bench-seven", Ct);
        await Patience.UntilAsync("Reports arrive", TimeSpan.FromSeconds(20), () => Lab.Reports > 0, Ct);
        return agent;
    }

    private static Task SaysAsync(LabAgent agent, string words, TimeSpan within) =>
        Patience.UntilAsync($"The agent says {words}", within, () => agent.Process.Log.Contains(words, StringComparison.Ordinal), Ct);

    // Sends a machine of another lab here, and makes it trust this lab, so that only its own certificate is wrong.
    private void Mislead(LabAgent stranger)
    {
        PointTo(stranger, Lab.AgentPort);
        File.Copy(Path.Combine(Lab.Data, "server", "pki", "ca.crt"), Path.Combine(stranger.Data, "agent", "ca.pem"), overwrite: true);
    }

    private static void PointTo(LabAgent stranger, int port)
    {
        var file = Path.Combine(stranger.Data, "agent", "enrolment.json");
        var enrolment = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        var address = enrolment.Single(entry => entry.Value?.ToString().StartsWith("localhost:", StringComparison.Ordinal) == true).Key;
        enrolment[address] = $"localhost:{port}";
        File.WriteAllText(file, enrolment.ToJsonString());
    }
}
