using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;

namespace Sandbox.Agent.Antivirus;

/// <summary>Whether clamd works, by its own word. A process of that name alone is no proof.</summary>
internal sealed class ClamdDaemon(RootFolder root, RunningPrograms programs, UnseenNotes unseen)
{
    private const string Unit = "clamav-daemon.socket";

    private string Start => ServiceStart.ForGood(root, "clamd", "clamav-daemon");

    /// <summary>Writes version, running and state into the product. Null: it told nothing of its version.</summary>
    public async ValueTask<ClamdAnswer?> DescribeAsync(AntivirusProduct product, ClamConf? conf, CancellationToken ct)
    {
        // Where systemd holds the socket, asking would start clamd: nobody is asked who does not run.
        if (programs.Has("clamd") == false)
        {
            Down(product, new EnabledUnits(root).Has(Unit)
                ? $"clamd does not run, and nothing asks it: systemd would start it then ({Unit}). {Start}"
                : conf is { IsExample: true } ? $"clamd does not start while the line Example stands in {conf.Path}. Delete the line." : $"clamd does not run. {Start}");
            return null;
        }

        if (conf is null || Places(conf) is not { Count: > 0 } places) return Unreachable(product, conf);
        var silence = (Words: "", Reply: default(ClamdReply));
        foreach (var (place, words) in places)
        {
            var socket = new ClamdSocket(place);
            var reply = await socket.AskAsync("VERSION", ct);
            if (reply.Kind == ClamdReplyKind.Answer) return await AnsweredAsync(product, socket, words, reply.Text, ct);
            // Where one door may not be used, a closed one beside it says nothing.
            if (silence.Reply.Kind != ClamdReplyKind.Denied) silence = (words, reply);
            if (reply.Kind == ClamdReplyKind.Mute) break;
        }

        Silent(product, silence.Words, silence.Reply);
        return null;
    }

    /// <summary>Where it listens: below the root folder a path is a path below it, and the network is only this system's.</summary>
    private List<(EndPoint Place, string Words)> Places(ClamConf conf)
    {
        var places = new List<(EndPoint, string)>();
        if (conf.First("LocalSocket") is { } path && Local(path) is { } local) places.Add((local, RootFolder.Shown(path)));
        if (root.IsThisSystem && Port(conf) is { } port)
        {
            var address = conf.All("TCPAddr").Select(Address).FirstOrDefault(known => known is not null) ?? IPAddress.Loopback;
            places.Add((new IPEndPoint(address, port), $"TCP port {port.ToString(CultureInfo.InvariantCulture)}"));
        }

        return places;
    }

    private UnixDomainSocketEndPoint? Local(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(root.Resolve(path));
        }
        catch (ArgumentException)
        {
            unseen.Add(Why.Of(path, "longer than the path of a socket may be"));
            return null;
        }
    }

    private static int? Port(ClamConf conf) =>
        int.TryParse(conf.First("TCPSocket"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;

    // A socket that is bound to every address is asked on this machine's own.
    private static IPAddress? Address(string text) => !IPAddress.TryParse(text, out var address) ? null
        : address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;

    private ClamdAnswer? Unreachable(AntivirusProduct product, ClamConf? conf)
    {
        if (conf is not null)
            unseen.Add(Why.Of(conf.Path, "it names no socket that can be asked here", "Add a line such as: LocalSocket /run/clamav/clamd.ctl"));
        else if (ClamConf.There(root, ClamConf.Daemon) is not null) return null;
        else if (programs.Has("clamd") == true)
            unseen.Add(Why.Of(ClamConf.Daemon[0], "not present, though clamd runs: it has other settings, which are not looked for"));
        else
            Down(product, "clamd has no file of settings, without which it does not start: /etc/clamav/clamd.conf");
        return null;
    }

    private static void Down(AntivirusProduct product, string problem)
    {
        product.Running = false;
        product.Problems.Add(problem);
    }

    private void Silent(AntivirusProduct product, string words, ClamdReply reply)
    {
        if (reply.Kind == ClamdReplyKind.Denied) unseen.Add(Why.Of(words, new UnauthorizedAccessException()));
        else if (reply.Kind == ClamdReplyKind.Mute) Down(product, $"clamd does not answer on {words}: {reply.Text}. Look why: {(ServiceStart.SystemdRuns(root) ? "sudo journalctl -u clamav-daemon" : "sudo tail /var/log/clamav/clamav.log")}");
        else if (programs.Has("clamd") == true) Down(product, $"clamd runs, but nobody listens on {words}: it is still loading, or has another socket.");
        else Down(product, $"clamd does not run: nobody listens on {words}. {Start}");
    }

    private async ValueTask<ClamdAnswer?> AnsweredAsync(AntivirusProduct product, ClamdSocket socket, string words, string text, CancellationToken ct)
    {
        var version = ClamdAnswer.OfVersion(text);
        if (version is null && text.Trim() != "COMMAND UNAVAILABLE")
        {
            Down(product, $"What answers on {words} is not clamd.");
            return null;
        }

        product.Running = true;
        if (version is not null) product.Version = version.Version;
        else unseen.Add(Why.Of(words, "clamd is told not to say its version", "Set in clamd.conf: EnableVersionCommand yes"));
        var stats = await socket.AskAsync("STATS", ct);
        if (stats.Kind == ClamdReplyKind.Answer && ClamdAnswer.StateOf(stats.Text) is { } state) product.State = state;
        if (product.HasState && !product.State.StartsWith("VALID", StringComparison.Ordinal)) Down(product, $"clamd says of its state: {product.State}.");
        return version;
    }
}
