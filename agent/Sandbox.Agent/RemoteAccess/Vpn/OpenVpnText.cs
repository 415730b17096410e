using System.Globalization;
using Sandbox.Protocol;
using static Sandbox.Protocol.OpenVpnTunnel.Types;

namespace Sandbox.Agent.RemoteAccess.Vpn;

/// <summary>A configuration of openvpn(8). What stands in inline blocks (keys, certificates, passwords) is passed over, closed or not.</summary>
internal sealed class OpenVpnText(OpenVpnTunnel tunnel)
{
    private const int MostRemotes = 20;
    private const int MostBlocks = 20;

    // The one block that holds settings and no secret.
    private const string Connection = "connection";

    /// <summary>Fills in what the text says.</summary>
    public void Read(string text)
    {
        tunnel.Role = Role.PointToPoint;
        var blocks = new SortedSet<string>(StringComparer.Ordinal);
        string? block = null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (block is not null)
            {
                if (line is ['<', '/', .. var end, '>'] && end.SequenceEqual(block)) block = null;
            }
            else if (line is ['<', not '/', ..])
            {
                block = Opened(line);
                if (block == Connection) block = null;
                else if (blocks.Count < MostBlocks) blocks.Add(Known(block));
            }
            else if (line is not ([] or ['#' or ';' or '<', ..])) Take(line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        tunnel.InlineBlocks.AddRange(blocks);
    }

    private static string Opened(ReadOnlySpan<char> line) => (line.IndexOf('>') is > 0 and var end ? line[1..end] : line[1..]).ToString();

    private static string Known(string block) => block is "ca" or "cert" or "key" or "dh" or "tls-auth" or "tls-crypt" or "tls-crypt-v2" or "secret" or "pkcs12"
        or "crl-verify" or "extra-certs" or "auth-user-pass" or "http-proxy-user-pass" or "peer-fingerprint" ? block : "other";

    private void Take(string[] words)
    {
        var value = words.Length > 1 ? PlainText.Of(words[1].Trim('"', '\'')) : null;
        switch (words[0].TrimStart('-'))
        {
            case "server" or "server-bridge" or "server-ipv6" or "tls-server": tunnel.Role = Role.Server; break;
            case "mode" when value == "server": tunnel.Role = Role.Server; break;
            case "client" or "tls-client": tunnel.Role = Role.Client; break;
            case "remote" when value is not null && tunnel.Remotes.Count < MostRemotes: tunnel.Remotes.Add(Remote(words)); break;
            case "proto" when value is not null: tunnel.Protocol = value; break;
            case "port" or "lport" when ushort.TryParse(value, CultureInfo.InvariantCulture, out var port): tunnel.Port = port; break;
            case "dev" when value is not null: tunnel.Device = value; break;
            case "cipher" when value is not null: tunnel.Cipher = value; break;
            case "data-ciphers" or "ncp-ciphers" when value is not null: tunnel.DataCiphers = value; break;
            case "auth" when value is not null: tunnel.Auth = value; break;
            case "tls-version-min" when value is not null: tunnel.TlsVersionMin = value; break;
            default: break;
        }
    }

    private static string Remote(string[] words) => string.Join(' ', words.Skip(1).Take(3).TakeWhile(word => word[0] is not ('#' or ';'))
        .Select(word => PlainText.Of(word.Trim('"', '\''))).OfType<string>());
}
