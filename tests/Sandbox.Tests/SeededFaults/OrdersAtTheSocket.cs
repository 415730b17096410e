using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Faults;
using Sandbox.Agent.Identity;
using Sandbox.Faults;
using Sandbox.Protocol;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.SeededFaults;

/// <summary>The agent's part: orders of the server reach the helper only where the owner allowed it, and the server hears how they stand.</summary>
public sealed class OrdersAtTheSocket : UplinkTest
{
    private readonly SeedTree _machine = new();

    [Fact]
    public async Task An_order_is_applied_and_told_and_told_again_with_the_next_stream()
    {
        await using var helper = await HelperAsync();
        Begin(allowed: true);

        await OrderAsync();
        var applied = await NextAsync(1);
        Assert.Equal((FaultState.Applied, "sudo", "games"), (applied.State, applied.Place, applied.Seeded));
        Assert.Contains("elif,games", _machine.Read("etc/group"), StringComparison.Ordinal);

        await Break();
        await Stream(2);
        Assert.Equal(applied, await NextAsync(2));
    }

    [Fact]
    public async Task The_same_order_again_is_applied_once()
    {
        await using var helper = await HelperAsync();
        Begin(allowed: true);
        await OrderAsync();
        await NextAsync(1);

        await OrderAsync();
        await SayAsync(new ServerMessage { FaultWithdrawn = new FaultWithdrawn { Id = Asking.Id(1) } });

        Assert.Equal((FaultState.Undone, FaultUndoCause.Withdrawn), await NextAsync(2) is var undone ? (undone.State, undone.Cause) : default);
        Assert.DoesNotContain("games:x:60:\nsudo", _machine.Read("etc/group"), StringComparison.Ordinal);
        Assert.DoesNotContain("elif,games", _machine.Read("etc/group"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_owners_consent_it_is_refused_whatever_the_server_believes()
    {
        await using var helper = await HelperAsync();
        Begin(allowed: false);

        await OrderAsync();

        var refused = await NextAsync(1);
        Assert.Equal((FaultState.Refused, FaultRefusal.NotAllowed), (refused.State, refused.Refusal));
        Assert.DoesNotContain("elif,games", _machine.Read("etc/group"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_that_is_taken_back_while_the_agent_runs_undoes_what_is_applied_and_refuses_the_next()
    {
        await using var helper = await HelperAsync();
        Begin(allowed: true);
        await OrderAsync();
        await NextAsync(1);

        Consent(false);
        await OrderAsync(id: 2);

        Assert.Equal(FaultRefusal.NotAllowed, (await NextAsync(2)).Refusal);
        Assert.Equal(FaultState.Undone, (await NextAsync(3)).State);
        Assert.DoesNotContain("elif,games", _machine.Read("etc/group"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_helper_it_is_refused_and_reports_go_on()
    {
        Begin(allowed: true);

        await OrderAsync();

        var refused = await NextAsync(1);
        Assert.Equal((FaultState.Refused, FaultRefusal.HelperAbsent), (refused.State, refused.Refusal));
        await Uplink.Put("a");
        await RunningUplink.Until(() => Script.Reports.Any(), "no report came");
    }

    [Fact]
    public async Task A_helper_that_is_there_and_does_not_answer_may_do_it_yet_so_nothing_is_refused()
    {
        using (var mute = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            mute.Bind(new UnixDomainSocketEndPoint(_machine.Socket));
            mute.Listen();
            Begin(allowed: true);
            await OrderAsync();
            HelperRequest heard;
            do
            {
                using var peer = await mute.AcceptAsync(Ct);
                await using var stream = new NetworkStream(peer);
                heard = await HelperFrame.ReadAsync(stream, HelperRequest.Parser, Ct);
            }
            while (heard.Apply is null);
        }

        File.Delete(_machine.Socket);
        await OrderAsync(id: 2);

        Assert.Equal((Asking.Id(2), FaultRefusal.HelperAbsent), await NextAsync(1) is var first ? (first.Id, first.Refusal) : default);
    }

    [Fact]
    public async Task What_the_helper_cannot_do_is_told_in_its_words()
    {
        _machine.Write("etc/group", "root:x:0:\n");
        await using var helper = await HelperAsync();
        Begin(allowed: true);

        await OrderAsync();

        var refused = await NextAsync(1);
        Assert.Equal((FaultRefusal.CannotHere, "there is no group sudo or wheel"), (refused.Refusal, refused.Words));
    }

    private void Begin(bool allowed)
    {
        Consent(allowed);
        Uplink.Faults = new FaultLane(new FaultSocket(_machine.Socket), new FaultConsent(Device.Folders.Enrolment), TimeProvider.System);
        Uplink.Start();
    }

    private void Consent(bool given) => (EnrolmentRecord.Read(Device.Folders.Enrolment)! with { FaultsAllowed = given }).Write(Device.Folders.Enrolment);

    // The test's server has a clock of its own, which the agent sets the end right by.
    private Task OrderAsync(byte id = 1) => SayAsync(new ServerMessage
    {
        FaultOrder = new FaultOrder { Id = Asking.Id(id), Fault = FaultName.RightsExcess, Until = Timestamp.FromDateTimeOffset(LabAuthority.Now.AddDays(1)) },
    });

    private async Task SayAsync(ServerMessage message) => await Script.Says.Writer.WriteAsync(message, Ct);

    private async Task<FaultEvent> NextAsync(int number)
    {
        await RunningUplink.Until(() => Script.Faults.Count >= number, $"event {number} did not come; {Uplink.Status?.LastTrouble}");
        return Script.Faults.ElementAt(number - 1);
    }

    private async Task<RunningHelper> HelperAsync() => new(_machine, await _machine.StartAsync(TimeProvider.System));

    private sealed class RunningHelper : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly FaultBook _book;
        private readonly Listener _listener;
        private readonly Task _serving;

        public RunningHelper(SeedTree machine, FaultBook book)
        {
            (_book, _listener) = (book, new Listener(machine.Socket, null, machine.Root, book));
            _serving = _listener.ServeAsync(_stop.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Dispose();
            _book.Dispose();
            _stop.Dispose();
        }
    }
}
