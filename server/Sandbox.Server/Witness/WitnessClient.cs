using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Server.Witness;

/// <summary>Speaks to witnesses outside over HTTP (C2SP tlog-witness), each time with a deadline.</summary>
internal sealed class WitnessClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Deadline, MaxResponseContentBufferSize = 2 * SignedNote.Largest };

    /// <summary>Asks for a cosignature.</summary>
    /// <exception cref="HttpRequestException">There was no answer, or none in time.</exception>
    public async Task<WitnessAnswer> AddAsync(string url, AddCheckpoint request, CancellationToken ct)
    {
        using var body = new ByteArrayContent(request.ToBytes()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        return await InTimeAsync(async () =>
        {
            using var answer = await _http.PostAsync(new Uri($"{url}/add-checkpoint"), body, ct);
            // Whatever it calls its letters: they are UTF-8 or worth nothing.
            return new WitnessAnswer(answer.StatusCode, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(ct)));
        }, ct);
    }

    /// <summary>The checkpoint that a witness cosigned last, as those that run this program show it. Null: it shows none.</summary>
    /// <exception cref="HttpRequestException">There was no answer, or none in time.</exception>
    public Task<byte[]?> CheckpointAsync(string url, string origin, CancellationToken ct) => InTimeAsync(async () =>
    {
        using var answer = await _http.GetAsync(new Uri($"{url}/checkpoint/{origin}"), ct);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadAsByteArrayAsync(ct) : null;
    }, ct);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<T> InTimeAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new HttpRequestException($"it did not answer within {Deadline.TotalSeconds} s");
        }
    }
}

/// <summary>What a witness answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Signature lines, a size, or words.</param>
internal sealed record WitnessAnswer(HttpStatusCode Status, string Body);
