using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sandbox.Protocol;

namespace Sandbox.Agent.Identity;

/// <summary>The CA certificate as the server shows it, once it fits the pin of the join code.</summary>
/// <param name="Certificate">The CA certificate.</param>
/// <param name="ClockOffset">This machine's clock minus the server's, to the second; null: the server did not say.</param>
internal sealed record PinnedAuthority(X509Certificate2 Certificate, TimeSpan? ClockOffset)
{
    private const int LargestAnswer = 64 * 1024;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <summary>Fetches the CA certificate from whoever answers, sending nothing secret, and compares its key with the pin.</summary>
    /// <exception cref="RefusedException">Nobody answers, or it is not the server of the join code.</exception>
    public static async Task<PinnedAuthority> FetchAsync(string address, ReadOnlyMemory<byte> pin, TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        try
        {
            return await GetAsync(address, pin, time, either.Token);
        }
        catch (HttpRequestException fault)
        {
            throw new RefusedException(Reason.Unspecified, $"{address} cannot be reached: {Innermost(fault).Message}. Is the server running, and is the address right?");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RefusedException(Reason.Unspecified, $"{address} did not answer within {_patience.TotalSeconds:0} s. Is the server running, and does a firewall let you through?");
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "The pin decides, and nothing is sent before it has.")]
    private static async Task<PinnedAuthority> GetAsync(string address, ReadOnlyMemory<byte> pin, TimeProvider time, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = AcceptAnyToLook },
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://{address}{Wire.CaCertificatePath}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        var pem = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
        return new PinnedAuthority(Checked(pem, pin.Span, address), answer.Headers.Date is { } theirs ? time.GetUtcNow() - theirs : null);
    }

    private static X509Certificate2 Checked(string pem, ReadOnlySpan<byte> pin, string address)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
            foreach (var certificate in certificates)
                if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()), pin)) return certificate;
        }
        catch (CryptographicException)
        {
            // No certificate at all is as wrong as another one: the words below fit both.
        }

        throw new RefusedException(
            Reason.PinMismatch,
            $"{address} is not the server that made this join code: its CA has another key than the code's pin says. Nothing secret was sent. "
            + "Ask for a new join code; if that fails too, somebody may be in between");
    }

    private static bool AcceptAnyToLook(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static Exception Innermost(Exception fault) => fault is { InnerException: { } inner } and not AuthenticationException ? Innermost(inner) : fault;
}
