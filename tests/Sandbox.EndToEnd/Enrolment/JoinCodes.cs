using System.Text.RegularExpressions;
using Google.Protobuf;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Enrolment;

/// <summary>Join codes that must not let anybody in. Both sides name the same reason, and a good code still works afterwards.</summary>
public sealed partial class JoinCodes : LabTest
{
    [Fact]
    public async Task An_expired_code_is_refused_as_expired()
    {
        var code = await Lab.JoinCodeAsync(Ct);
        Lab.Change("update Codes set ExpiresAt = CreatedAt");

        await RefusedAsync(code, "CODE_EXPIRED");
    }

    [Fact]
    public async Task A_code_that_another_machine_used_is_refused_as_used()
    {
        var code = await Lab.JoinCodeAsync(Ct);
        _ = (await Lab.AddAgent("first").EnrolAsync(code, Ct)).Worked;

        await RefusedAsync(code, "CODE_USED", devices: 1);
    }

    [Fact]
    public async Task A_code_that_was_never_made_here_is_refused_as_unknown()
    {
        var code = Altered(await Lab.JoinCodeAsync(Ct), content => content.Token = ByteString.CopyFrom(new byte[16]));

        await RefusedAsync(code, "CODE_UNKNOWN");
    }

    [Fact]
    public async Task A_code_that_was_withdrawn_is_refused_as_revoked()
    {
        var code = await Lab.JoinCodeAsync(Ct);
        var id = CodeId().Match((await Lab.CommandAsync(Ct, "codes", "list")).Worked).Value;
        _ = (await Lab.CommandAsync(Ct, "codes", "revoke", id)).Worked;

        await RefusedAsync(code, "CODE_REVOKED");
    }

    [Fact]
    public async Task A_code_with_another_servers_pin_sends_nothing_and_stays_good()
    {
        var good = await Lab.JoinCodeAsync(Ct);
        var code = Altered(good, content => content.CaPin = ByteString.CopyFrom(new byte[32]));
        var agent = Lab.AddAgent("wary");

        var refused = await agent.EnrolAsync(code, Ct);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("PIN_MISMATCH", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, Lab.Count("select count(*) from Refusals"));
        Assert.Equal(0, (await agent.EnrolAsync(good, Ct)).ExitCode);
    }

    [Fact]
    public async Task A_torn_paste_is_noticed_before_anything_is_sent()
    {
        var code = await Lab.JoinCodeAsync(Ct);

        var refused = await Lab.AddAgent("hasty").EnrolAsync(code[..^6], Ct);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("This is no join code", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_redeems_its_own_code_again_stays_the_same_device()
    {
        var code = await Lab.JoinCodeAsync(Ct);
        var agent = Lab.AddAgent("bench-seven");
        _ = (await agent.EnrolAsync(code, Ct)).Worked;
        // The reply was lost: the key is there, the certificate is not.
        File.Delete(Path.Combine(agent.Data, "agent", "device.pem"));

        var again = await agent.EnrolAsync(code, Ct);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(1, Lab.Count("select count(*) from Devices"));
    }

    [GeneratedRegex(@"\b[0-9a-f]{8}\b")]
    private static partial Regex CodeId();

    private static string Altered(string code, Action<JoinCodeContent> change)
    {
        Assert.True(JoinCode.TryRead(code, out var content, out var fault), fault);
        change(content);
        return JoinCode.Write(content);
    }

    private async Task RefusedAsync(string code, string reason, int devices = 0)
    {
        var agent = Lab.AddAgent("hopeful");

        var refused = await agent.EnrolAsync(code, Ct);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(reason, refused.Output, StringComparison.Ordinal);
        Assert.Contains(reason, Lab.Server.Log, StringComparison.Ordinal);
        Assert.Equal(devices, Lab.Count("select count(*) from Devices"));
        Assert.Equal(0, (await agent.EnrolAsync(await Lab.JoinCodeAsync(Ct), Ct)).ExitCode);
    }
}
