using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.Api;
using Sandbox.Server.Live;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.Api;

/// <summary>A test of what programs read with a token: a running server, an auditor, and evidence of two apprentices.</summary>
public abstract class ApiTest : PagesTest
{
    private readonly List<IDisposable> _open = [];

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A token of somebody.</summary>
    private protected async Task<string> TokenAsync(Person person, int days = 30)
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Tokens>().MakeAsync(person.Id, $"a test {Guid.NewGuid():N}", days, by: null, Ct);
    }

    /// <summary>A token of an auditor.</summary>
    private protected async Task<string> AuditorsTokenAsync() => await TokenAsync(await PersonAsync("ada", Roles.Auditor));

    private protected Task<Person> PersonAsync(string name, string role) => SeedAsync(lab => lab.PersonAsync(name, $"{name} of the test", role));

    /// <summary>A piece of evidence of the apprentice, or of somebody else, in the log.</summary>
    private protected Task EvidenceAsync(Person? of = null, string device = "lab-07", string line = "1.3") =>
        Server.InStoreAsync(db => new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(of ?? Apprentice, device, tamper: said => said.Line = line));

    /// <summary>Every entry stands under a checkpoint.</summary>
    private protected async Task PublishedAsync()
    {
        while (await Server.InStoreAsync(async db => await db.LogEntries.CountAsync(Ct) > await db.LogHeads.Select(head => head.CheckpointSize).SingleOrDefaultAsync(Ct))) await TickAsync();
    }

    private protected async Task TickAsync()
    {
        Server.App.Services.GetRequiredService<LogBell>().Ring();
        Server.Time.Advance(TimeSpan.FromMilliseconds(250));
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
    }

    private protected HttpClient Program(string? token)
    {
        var http = Server.Http();
        _open.Add(http);
        http.BaseAddress = new Uri($"https://localhost:{Server.WebPort}");
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private protected Protocol.Evidence.EvidenceClient Calls(int? port = null)
    {
        var channel = Server.Channel(port: port ?? Server.WebPort);
        _open.Add(channel);
        return new Protocol.Evidence.EvidenceClient(channel);
    }

    private protected static CallOptions With(string? token) =>
        new(token is null ? [] : new Metadata { { "authorization", $"Bearer {token}" } }, DateTime.MaxValue, Ct);

    /// <summary>The entries of an answer that ends.</summary>
    private protected async Task<List<JsonElement>> EntriesAsync(string token, string query = "")
    {
        using var answer = await Program(token).GetAsync($"{ApiRoutes.Root}/entries{query}", Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private protected static long Index(JsonElement entry) => entry.GetProperty("index").GetInt64();

    /// <summary>What a program is told that gets nothing.</summary>
    private protected async Task<(HttpStatusCode Status, string Detail)> RefusedAsync(string? token, string address)
    {
        using var answer = await Program(token).GetAsync(address, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString()!);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _open.ForEach(one => one.Dispose());
        await base.DisposeAsync();
    }
}
