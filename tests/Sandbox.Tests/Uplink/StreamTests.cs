using Grpc.Core;
using Sandbox.Protocol;

namespace Sandbox.Tests.Uplink;

public sealed class StreamTests : UplinkTest
{
    [Fact]
    public async Task The_hello_names_version_epoch_and_last_sequence()
    {
        await Uplink.Put("a");
        await Uplink.Put("b");

        Uplink = Uplink.Reopen().Start();
        await Stream(1);

        var hello = Script.Hellos.First();
        Assert.Equal((1U, 2UL, Uplink.Spool.Epoch.Length), (hello.ProtocolVersion, hello.LastSequence, hello.Epoch.Length));
        Assert.Equal(Uplink.Spool.Epoch, hello.Epoch.ToByteArray());
    }

    [Fact]
    public async Task What_lies_in_the_spool_arrives_in_order_and_unchanged()
    {
        for (var i = 0; i < 20; i++) await Uplink.Put($"{i}");
        List<string> spooled = Spool.SpoolFolder.Read(Uplink.Spool).ConvertAll(r => r.Report);

        Uplink.Start();
        await Acknowledged(20);

        Assert.Equal(spooled, Script.Messages.SelectMany(m => m).Select(s => Convert.ToHexString(Spool.ProtobufBytes.ToByteArrayOf(s))));
    }

    [Fact]
    public async Task A_report_put_on_an_open_stream_goes_out_at_once()
    {
        Uplink.Start();
        await Stream(1);

        await Uplink.Put("now");

        await Acknowledged(1);
        Assert.Equal("now", Script.Reports.Single().Facts.Single().Hardware.Product);
    }

    [Fact]
    public async Task It_resumes_behind_theServers_high_water_mark()
    {
        for (var i = 0; i < 5; i++) await Uplink.Put($"{i}");
        Script.Known = 2;

        Uplink = Uplink.Reopen().Start();
        await Acknowledged(5);

        Assert.Equal([3UL, 4UL, 5UL], Script.Reports.Select(r => r.Sequence));
    }

    [Fact]
    public async Task A_broken_stream_is_opened_again_and_nothing_is_lost()
    {
        Uplink.Start();
        await Uplink.Put("before");
        await Acknowledged(1);

        await Break();
        await Uplink.Put("after");
        await Acknowledged(2);

        Assert.Equal([1UL, 2UL], Script.Reports.Select(r => r.Sequence).Distinct());
    }

    [Fact]
    public async Task A_superseded_stream_is_opened_again()
    {
        Script.TurnsAway = StreamScript.Refusal(Reason.StreamSuperseded, StatusCode.Aborted, "another stream took over");
        Uplink.Start();
        await Stream(1);

        Script.TurnsAway = null;
        await Uplink.Put("a");

        await Acknowledged(1);
    }

    [Fact]
    public async Task A_missing_acknowledgement_ends_the_stream_and_the_report_goes_again()
    {
        Script.Acknowledges = false;
        await Uplink.Put("a");
        Uplink.Start(RunningUplink.Quick with { Acknowledgement = TimeSpan.FromMilliseconds(200) });
        await Stream(2);

        Script.Acknowledges = true;
        await Acknowledged(1);

        Assert.True(Script.Reports.Count(r => r.Sequence == 1) >= 2);
    }

    [Fact]
    public async Task A_missing_welcome_ends_the_stream()
    {
        Script.Welcomes = false;

        Uplink.Start(RunningUplink.Quick with { Welcome = TimeSpan.FromMilliseconds(200) });

        await Trouble("did not welcome this device within 0 s");
        await Stream(2);
    }

    [Fact]
    public async Task A_refused_report_is_told_as_a_gap_and_the_stream_goes_on()
    {
        Script.Refuses = report => report.Facts.Any(f => f.Hardware?.Product == "bad");
        Uplink.Start();
        await Uplink.Put("bad");
        await Acknowledged(1);

        await Uplink.Put("good");
        await Acknowledged(2);

        var gap = Script.Reports.Last().Gaps.Single();
        Assert.Equal((Gap.Types.Cause.Refused, 1UL, 1UL), (gap.Cause, gap.FirstSequence, gap.LastSequence));
        Assert.Single(Script.Hellos);
    }

    [Fact]
    public async Task A_refused_report_behind_which_nothing_comes_is_waited_for_no_longer()
    {
        Script.Refuses = report => report.Facts.Any(f => f.Hardware?.Product == "bad");
        await Uplink.Put("good");
        await Uplink.Put("bad");

        Uplink.Start(RunningUplink.Quick with { Acknowledgement = TimeSpan.FromMilliseconds(300) });
        await Acknowledged(2);
        await Task.Delay(TimeSpan.FromMilliseconds(600), TimeProvider.System, Ct);

        Assert.Single(Script.Hellos);
        Assert.Null(Uplink.Status?.LastTrouble);
    }

    [Fact]
    public async Task A_refused_certificate_of_old_age_asks_for_a_new_one()
    {
        var expired = Device.Identity.Expired.Next;
        Script.TurnsAway = StreamScript.Refusal(Reason.CertificateExpired, StatusCode.PermissionDenied, "it ended");

        Uplink.Start();

        await expired.WaitAsync(TimeSpan.FromSeconds(10), Ct);
    }

    [Fact]
    public async Task AServer_that_was_set_back_gets_again_what_is_still_here()
    {
        Uplink.Start();
        await Uplink.Put("a");
        await Uplink.Put("b");
        await Acknowledged(2);
        Script.Known = 0;
        var before = Script.Reports.Count();

        await Break();
        await RunningUplink.Until(() => Script.Reports.Count() >= before + 2, "nothing was sent again");

        Assert.Equal([1UL, 2UL], Script.Reports.Skip(before).Select(r => r.Sequence));
        Assert.Empty(await Uplink.Refresh.NextAsync(Ct));
    }

    [Fact]
    public async Task A_stream_is_opened_anew_when_its_time_is_over()
    {
        Uplink.Start(RunningUplink.Quick with { Life = TimeSpan.FromMilliseconds(200) });

        await Stream(3);

        Assert.Null(Uplink.Status?.LastTrouble);
    }

    [Fact]
    public async Task A_new_certificate_is_used_at_once()
    {
        Uplink.Start();
        await Stream(1);

        Device.Identity.Take(Authority.Device(Device.Identity.Certificate.PublicKey).RawData);
        await Stream(2);

        Assert.Equal(Device.Identity.Certificate.SerialNumber, Script.Serials.Last());
        Assert.NotEqual(Script.Serials.First(), Script.Serials.Last());
    }

    [Fact]
    public async Task A_message_holds_at_most_a_thousand_reports()
    {
        var report = new SignedReport { Report = Google.Protobuf.ByteString.CopyFrom(8, 1) };
        Uplink.Spool.Append([.. Enumerable.Repeat(Spool.ProtobufBytes.ToByteArrayOf(report), 2500)]);
        Script.Acknowledges = false;

        Uplink.Start();
        await RunningUplink.Until(() => Script.Messages.Sum(m => m.Count) == 2500, "not all came");

        Assert.Equal([1000, 1000, 500], Script.Messages.Select(m => m.Count));
    }

    [Fact]
    public async Task No_more_than_four_messages_wait_for_an_acknowledgement()
    {
        Script.Acknowledges = false;
        for (var i = 0; i < 8; i++) await Uplink.Put(new string('x', 600_000));

        Uplink.Start();
        await RunningUplink.Until(() => Script.Messages.Count == 4, "four did not come");
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Ct);

        Assert.Equal([1, 1, 1, 1], Script.Messages.Select(m => m.Count));
    }

    [Fact]
    public async Task A_stopping_agent_hands_over_what_it_has()
    {
        Uplink.Start();
        await RunningUplink.Until(() => Uplink.Status?.ConnectedSince is not null, "no welcome");
        await Uplink.Put("last words");

        await Uplink.StopAsync();

        Assert.Equal("last words", Script.Reports.Single().Facts.Single().Hardware.Product);
        Assert.Equal(1UL, Uplink.Spool.Acknowledged);
    }

    [Fact]
    public async Task An_agent_that_cannot_reach_itsServer_stops_at_once()
    {
        await Server.DisposeAsync();
        Uplink.Start(RunningUplink.Quick with { FirstRetry = TimeSpan.FromMinutes(10), LongestRetry = TimeSpan.FromMinutes(10) });
        await Trouble("nothing listens there");

        await Uplink.StopAsync().WaitAsync(TimeSpan.FromSeconds(2), Ct);
    }

    [Fact]
    public async Task The_status_file_says_since_when_it_is_connected_and_how_the_clocks_compare()
    {
        Uplink.Start();

        await RunningUplink.Until(() => Uplink.Status?.ConnectedSince is not null, "no status");

        Assert.InRange(Uplink.Status!.ClockOffsetMs!.Value, -5000, 5000);
    }

    private Task Trouble(string words) => RunningUplink.Until(
        () => Uplink.Status?.LastTrouble?.Contains(words, StringComparison.Ordinal) == true, $"no such trouble: {Uplink.Status?.LastTrouble}");
}
