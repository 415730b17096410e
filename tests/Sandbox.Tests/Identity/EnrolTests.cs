using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Agent;
using Sandbox.Agent.Identity;
using Sandbox.Protocol;
using Sandbox.Tests.Uplink;

namespace Sandbox.Tests.Identity;

public sealed class EnrolTests : IAsyncLifetime
{
    private readonly LabAuthority _authority = new();
    private readonly TemporaryFolder _folder = new();
    private LabServer _server = null!;

    private AgentFolders Folders => new(_folder.Path);

    private EnrolmentScript Script => _server.Enrolments;

    public async ValueTask InitializeAsync() => _server = await LabServer.StartAsync(_authority);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Enrolment_leaves_what_a_device_needs()
    {
        var enrolled = await Enrol();

        using var identity = DeviceIdentity.Load(Folders);
        Assert.Equal((EnrolledDevice.Device, "bench", _server.Address), (identity.Device, enrolled.Record.DeviceName, identity.Record.Address));
        Assert.True(identity.Certificate.HasPrivateKey);
        Assert.Equal(_authority.Certificate.RawData, Assert.Single(identity.Authorities).RawData);
    }

    [Fact]
    public async Task Token_and_a_request_of_the_devices_own_key_are_sent()
    {
        await Enrol();

        using var key = DeviceKey.Load(Folders.Key);
        var sent = Assert.Single(Script.Enrols);
        Assert.Equal(Token, sent.Token);
        Assert.Equal(((ECDsa)key).ExportSubjectPublicKeyInfo(), EnrolmentScript.KeyOf(sent.CertificateSigningRequest).ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public async Task The_key_is_on_disk_before_the_code_is_redeemed()
    {
        var there = false;
        Script.OnEnrol = () => there = File.Exists(Folders.Key);

        await Enrol();

        Assert.True(there);
    }

    [Fact, System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public async Task Nobody_else_may_read_the_key()
    {
        await Enrol();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folders.Key));
    }

    [Fact]
    public async Task After_a_lost_reply_the_same_key_asks_again()
    {
        Script.TurnsAway = new RpcException(new Status(StatusCode.Unavailable, "the reply was lost"));
        await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Script.TurnsAway = null;
        await Enrol();

        Assert.Single(Script.Enrols.Select(e => Convert.ToHexString(EnrolmentScript.KeyOf(e.CertificateSigningRequest).ExportSubjectPublicKeyInfo())).Distinct());
    }

    [Fact]
    public async Task A_wrong_pin_ends_before_anything_is_sent()
    {
        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol(c => c.CaPin = ByteString.CopyFrom(new byte[32])));

        Assert.Equal(Reason.PinMismatch, fault.Reason);
        Assert.Contains("is not the server that made this join code", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Script.Enrols);
        Assert.False(Directory.Exists(Folders.Root));
    }

    [Fact]
    public async Task A_server_that_shows_the_right_ca_without_belonging_to_it_gets_nothing()
    {
        using var impostor = new LabAuthority();
        await using var server = await LabServer.StartAsync(impostor);
        server.Enrolments.CaAnswer = _authority.Certificate.ExportCertificatePem();

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol(c => c.Address = server.Address));

        Assert.Equal(Reason.ServerUntrusted, fault.Reason);
        Assert.Contains("does not come from the CA", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Enrolments.Enrols);
    }

    [Theory]
    [InlineData("no certificate"), InlineData("")]
    public async Task An_answer_that_is_no_certificate_is_another_server(string answer)
    {
        Script.CaAnswer = answer;

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.Contains("another key than the code's pin", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        Script.CaAnswer = new string('x', 1 << 20);

        await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.Empty(Script.Enrols);
    }

    [Theory]
    [InlineData(Reason.CodeUsed, "CODE_USED: so it is")]
    [InlineData(Reason.CodeRevoked, "CODE_REVOKED: so it is")]
    [InlineData(Reason.TooManyTries, "TOO_MANY_TRIES: so it is")]
    public async Task A_refusal_is_said_with_code_and_words(Reason reason, string words)
    {
        Script.TurnsAway = StreamScript.Refusal(reason, StatusCode.PermissionDenied, "so it is");

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.Equal(words, fault.Message);
    }

    // An expired code may have expired by one of two clocks only.
    [Fact]
    public async Task A_refusal_beside_a_clock_that_is_off_names_both_in_one_sentence()
    {
        Script.TurnsAway = StreamScript.Refusal(Reason.CodeExpired, StatusCode.PermissionDenied, "Ask for a new one.");

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol(time: new FakeTimeProvider(LabAuthority.Now.AddDays(3).AddHours(1))));

        Assert.StartsWith("CODE_EXPIRED: Ask for a new one; this machine's clock is 3 days ahead of the server's: set it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_another_device_has_is_replaced_by_a_new_one()
    {
        Script.OnEnrol = () => Script.TurnsAway = Script.Enrols.Count == 1 ? KeyTaken : null;

        await Enrol();

        using var key = DeviceKey.Load(Folders.Key);
        Assert.Equal(2, Script.Enrols.Select(KeyOf).Distinct().Count());
        Assert.Equal(Convert.ToHexString(((ECDsa)key).ExportSubjectPublicKeyInfo()), KeyOf(Script.Enrols.Last()));
    }

    [Fact]
    public async Task A_second_refusal_of_the_key_is_said()
    {
        Script.TurnsAway = KeyTaken;

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.Equal((Reason.KeyTaken, 2), (fault.Reason, Script.Enrols.Count));
    }

    [Fact]
    public async Task A_certificate_over_another_key_is_not_taken()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Script.Issues = _ => _authority.Device(new PublicKey(other)).RawData;

        await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.False(File.Exists(Folders.Certificate));
    }

    [Fact]
    public async Task A_machine_that_is_enrolled_says_how_to_start_over()
    {
        await Enrol();

        var fault = await Assert.ThrowsAsync<SetupException>(() => Enrol());

        Assert.Contains($"enrolled already, as bench at {_server.Address}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("To start over", fault.Message, StringComparison.Ordinal);
        Assert.Single(Script.Enrols);
    }

    [Fact]
    public async Task A_machine_whose_certificate_the_server_does_not_want_in_the_handshake_may_enrol_again()
    {
        using var foreign = new LabAuthority();
        Script.Issues = key => foreign.Device(key).RawData;
        await Enrol();
        Script.Issues = key => _authority.Device(key).RawData;

        var enrolled = await Enrol();

        Assert.True(Directory.Exists(enrolled.Aside));
    }

    [Fact]
    public async Task A_clock_that_is_days_ahead_is_noticed()
    {
        var enrolled = await Enrol(time: new FakeTimeProvider(LabAuthority.Now.AddDays(3).AddHours(1)));

        Assert.Equal("this machine's clock is 3 days ahead of the server's: set it, e.g. timedatectl set-ntp true", ClockWords.For(enrolled.ClockOffset));
    }

    [Fact]
    public async Task A_clock_too_far_back_for_the_certificate_is_named()
    {
        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol(time: new FakeTimeProvider(LabAuthority.Now.AddDays(-10).AddHours(-1))));

        Assert.Contains("this machine's clock is 10 days behind the server's: set it", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Script.Enrols);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_said_so()
    {
        await _server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<RefusedException>(() => Enrol());

        Assert.StartsWith($"{_server.Address} cannot be reached", fault.Message, StringComparison.Ordinal);
    }

    private static RpcException KeyTaken => StreamScript.Refusal(Reason.KeyTaken, StatusCode.AlreadyExists, "another device has it");

    private static string KeyOf(EnrolRequest request) =>
        Convert.ToHexString(EnrolmentScript.KeyOf(request.CertificateSigningRequest).ExportSubjectPublicKeyInfo());

    private static ByteString Token { get; } = ByteString.CopyFrom([.. Enumerable.Range(1, 16).Select(i => (byte)i)]);

    private Task<Enrolled> Enrol(Action<JoinCodeContent>? change = null, TimeProvider? time = null)
    {
        var code = new JoinCodeContent
        {
            Address = _server.Address,
            CaPin = ByteString.CopyFrom(_authority.Pin),
            Token = Token,
            ExpiresAt = LabAuthority.Now.AddHours(1).ToTimestamp(),
        };
        change?.Invoke(code);
        return new Enroller(Folders, time ?? TimeProvider.System).EnrolAsync(code, "bench", TestContext.Current.CancellationToken);
    }
}
