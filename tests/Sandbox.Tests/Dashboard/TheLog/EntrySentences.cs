using Google.Protobuf;
using Sandbox.Ledger;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.TheLog;
using Sandbox.Storage.Log;

namespace Sandbox.Tests.Dashboard.TheLog;

/// <summary>What entries of the log say in a sentence.</summary>
public sealed class EntrySentences
{
    private const string AtTheServer = "; said on the server's command line";

    [Theory, InlineData(true), InlineData(false)]
    public void What_nobody_said_on_a_page_was_said_on_the_command_line(bool byPerson)
    {
        var scoped = new DeviceScoped { DeviceId = Bytes(), Groups = { "kiosks" }, Role = "server" };
        var marked = new AccountMarked { Id = Bytes(), Account = "svc", Since = "2026-11-23", Reason = "on a whiteboard" };
        var named = new WitnessNamed { Name = "a/witness", Url = "http://a:7445", VerifierKey = "a/witness+00000000+BA==" };
        if (byPerson) (scoped.SaidBy, marked.SaidBy, named.SaidBy) = (Bytes(), Bytes(), Bytes());

        Assert.Equal($"in kiosks, a server{(byPerson ? "" : AtTheServer)}", Of(EntryKind.Scope, new LogBody { DeviceScoped = scoped }));
        Assert.Equal($"marked as known to others since 2026-11-23: svc on every device: on a whiteboard{(byPerson ? "" : AtTheServer)}", Of(EntryKind.Compromise, new LogBody { AccountMarked = marked }));
        Assert.Equal($"a/witness at http://a:7445 is asked to cosign checkpoints{(byPerson ? "" : AtTheServer)}", Of(EntryKind.Witness, new LogBody { WitnessNamed = named }));
    }

    private static string? Of(EntryKind kind, LogBody body) => EntryWords.Of(LoggedEntry.New(kind, DateTimeOffset.UnixEpoch, body));

    private static ByteString Bytes() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
