using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Verify.Files;

/// <summary>A log as a server serves it (C2SP tlog-tiles).</summary>
internal sealed class ServedFiles : IBundleFiles
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string _log;
    private readonly HttpClient _http;

    /// <param name="log">The log's address: https://lab.example:7443/log.</param>
    /// <param name="authority">File of the certificate of the CA that alone is trusted. Null: those that this machine trusts.</param>
    /// <exception cref="SetupException">The file holds no certificate.</exception>
    public ServedFiles(string log, string? authority)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (authority is not null) handler.SslOptions.CertificateChainPolicy = Trusting(authority);
        (_log, _http) = (log.TrimEnd('/'), new HttpClient(handler) { Timeout = _patience });
    }

    /// <inheritdoc/>
    public IReadOnlySet<string>? Paths => null;

    /// <inheritdoc/>
    public async Task<Stream?> OpenAsync(string path, CancellationToken ct)
    {
        try
        {
            var answer = await _http.GetAsync(new Uri($"{_log}/{path}"), HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode == HttpStatusCode.OK) return await answer.Content.ReadAsStreamAsync(ct);
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            throw new SetupException($"{_log}/{path} answers {(int)answer.StatusCode}. Is this the address of the log? It ends with /log.");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new SetupException($"The certificate of {_log} is not to be trusted: {fault.InnerException?.Message ?? fault.Message} A lab has a CA of its own: take its ca.crt, compare its pin with the one on paper, and type: --ca ca.crt");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new SetupException($"{_log} cannot be reached: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static X509ChainPolicy Trusting(string authority)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadCertificateFromFile(authority);
            return new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"{authority} holds no certificate of a CA: {fault.Message}");
        }
    }
}
