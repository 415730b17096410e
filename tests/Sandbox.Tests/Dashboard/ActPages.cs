using System.Net;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Protocol;
using Sandbox.Storage.Devices;
using Sandbox.Storage.Telemetry;
using static Sandbox.Protocol.AdminAct.Types;
using Method = Sandbox.Protocol.AdminAct.Types.Method;

namespace Sandbox.Tests.Dashboard;

/// <summary>Who did what, on the page of a device and on its own.</summary>
public sealed class ActPages : PagesTest
{
    [Fact]
    public async Task A_device_shows_what_people_did_and_how_surely()
    {
        var device = await WithActsAsync("of-elif");
        using var apprentice = await AsApprenticeAsync();

        var page = Plain(await apprentice.ReadAsync($"/devices/{device.Id}"));

        Assert.Contains("mara added the account bob", page, StringComparison.Ordinal);
        Assert.Contains("A1", page, StringComparison.Ordinal);
        Assert.Contains("useradd -m (and 2 arguments that stayed on the device)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("openssl", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_ran_by_itself_is_told_apart()
    {
        var device = await WithActsAsync("of-elif");
        using var mentor = await AsMentorAsync();

        var page = Plain(await mentor.ReadAsync($"/devices/{device.Id}/acts?who=automation"));

        Assert.Contains("nobody named upgraded openssl, libssl3", page, StringComparison.Ordinal);
        Assert.Contains("by itself: unattended-upgrades", page, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", page, StringComparison.Ordinal);
        Assert.Contains("2 acts", Plain(await mentor.ReadAsync($"/devices/{device.Id}/acts?who=all")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_the_page_says_since_when_logs_are_read()
    {
        var device = await DeviceAsync("of-elif", Apprentice);
        using var apprentice = await AsApprenticeAsync();

        Assert.Contains("Logs are read from the agent's first start on", WebUtility.HtmlDecode(await apprentice.ReadAsync($"/devices/{device.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Acts_of_a_device_of_others_are_not_to_be_had()
    {
        var device = await DeviceAsync("of-mara", Mentor);
        using var apprentice = await AsApprenticeAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await apprentice.GetAsync($"/devices/{device.Id}/acts")).StatusCode);
    }

    private async Task<Device> WithActsAsync(string name)
    {
        var device = await DeviceAsync(name, Apprentice);
        await Server.InStoreAsync(async db =>
        {
            var writes = new ActWrites();
            writes.Add(device.Id, Added(), 1);
            writes.Add(device.Id, Upgraded(), 1);
            db.Acts.AddRange(writes.Rows);
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return device;
    }

    private AdminAct Added() => Act("1772352000.101:14", Method.A1, AdminAct.Types.Action.AddAccount, act =>
    {
        act.Actor = new Actor { OsName = "mara", LoginUid = 1000 };
        act.Objects.Add(new ActObject { Kind = "account", Name = "bob", Id = "1001" });
        (act.Program, act.HiddenArguments, act.RecordCount) = ("useradd", 2, 7);
        act.Arguments.Add("-m");
    });

    private AdminAct Upgraded() => Act("history.log@7+12", Method.None, AdminAct.Types.Action.Upgrade, act =>
    {
        act.Automation = "unattended-upgrades";
        act.Objects.AddRange([new ActObject { Kind = "package", Name = "openssl" }, new ActObject { Kind = "package", Name = "libssl3" }]);
    });

    private AdminAct Act(string source, Method method, AdminAct.Types.Action action, Action<AdminAct> fill)
    {
        var act = new AdminAct
        {
            Id = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(source))), SourceId = source, Source = Source.Audit, Method = method, Action = action,
            OccurredAt = Server.Time.GetUtcNow().AddMinutes(-3).ToTimestamp(), RecordCount = 1,
        };
        fill(act);
        return act;
    }

    private static string Plain(string page) =>
        string.Join(' ', WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", " ")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
