using System.Net;
using System.Text.RegularExpressions;
using Sandbox.Tests.ServerHost;

namespace Sandbox.Tests.Dashboard;

/// <summary>A browser without a screen: it keeps cookies, follows no redirect and sends forms as a person would.</summary>
internal sealed partial class Visitor(RunningServer server) : IDisposable
{
    private readonly HttpClient _http = server.Http();

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>The Set-Cookie lines of the last answer.</summary>
    public IReadOnlyList<string> LastCookies { get; private set; } = [];

    public static async Task<Visitor> SignedInAsync(RunningServer server, string name)
    {
        var visitor = new Visitor(server);
        var answer = await visitor.SignInAsync(name, LabSeed.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string path = "/sign-in") =>
        SendFormAsync(path, ("name", name), ("password", password));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, Url(path)));

    public async Task<string> ReadAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks with any method and sends nothing; the text of a stream that stays open is left unread.</summary>
    public async Task<(HttpStatusCode Status, string Text, string Location)> AskAsync(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, Url(path));
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([]);
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text, answer.Headers.Location is { } to ? (to.IsAbsoluteUri ? to.PathAndQuery : to.OriginalString) : "");
    }

    /// <summary>Opens the page of a form, takes its antiforgery token and sends it back filled in.</summary>
    public Task<HttpResponseMessage> SendFormAsync(string path, params (string Name, string Value)[] fields) =>
        SendFormOfAsync(path == "/sign-out" ? "/" : path, path, fields);

    /// <summary>The same for a form that stands on a page with another address.</summary>
    public async Task<HttpResponseMessage> SendFormOfAsync(string on, string path, params (string Name, string Value)[] fields)
    {
        var page = await (await GetAsync(on)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = AntiforgeryField().Match(page).Groups[1].Value;
        return await SendBareFormAsync(path, [.. fields, ("__RequestVerificationToken", token)]);
    }

    /// <summary>The same with a file, as a browser sends it: in parts.</summary>
    public async Task<HttpResponseMessage> SendFileOfAsync(string on, string path, byte[]? file, params (string Name, string Value)[] fields)
    {
        var page = await (await GetAsync(on)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        form.Add(new StringContent(AntiforgeryField().Match(page).Groups[1].Value), "__RequestVerificationToken");
        form.Add(new ByteArrayContent(file ?? []), "file", file is null ? "none" : "certificate.pdf");
        return await SendAsync(new HttpRequestMessage(HttpMethod.Post, Url(path)) { Content = form });
    }

    public Task<HttpResponseMessage> SendBareFormAsync(string path, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, Url(path))
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>Opens an event stream; the first line that comes names the first event.</summary>
    public async Task<StreamReader> OpenStreamAsync(string path)
    {
        var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Url(path)), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();

    private Uri Url(string path) => new($"https://localhost:{server.WebPort}{path}");

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        request.Headers.Add("Accept", "text/html");
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        var answer = await _http.SendAsync(request, until, TestContext.Current.CancellationToken);
        LastCookies = answer.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines] : [];
        foreach (var line in LastCookies)
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0) Cookies.Remove(pair[0]);
            else Cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryField();
}
