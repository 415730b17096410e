using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server.Live;
using Sandbox.Tests.Dashboard;
using Sandbox.Tests.Dashboard.Competencies;

namespace Sandbox.Tests.Export;

/// <summary>A test of an audit bundle that the page gave.</summary>
public abstract class BundleTest : LinesTest
{
    /// <summary>What the page of the audit bundle gives.</summary>
    private protected async Task<ZipArchive> ExportAsync(Visitor who, params (string Name, string Value)[] form)
    {
        await SequencedAsync();
        var sent = who.SendFormAsync("/export", form);
        while (!sent.IsCompleted) await TickAsync();
        using var answer = await sent;
        Assert.True(answer.StatusCode == HttpStatusCode.OK && answer.Content.Headers.ContentType!.MediaType == "application/zip", await answer.Content.ReadAsStringAsync(Ct));
        return new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)));
    }

    // Every entry has its place: an export speaks of those that have one.
    private protected async Task SequencedAsync()
    {
        while (await Server.InStoreAsync(db => db.LogEntries.AnyAsync(x => x.LeafIndex == null, Ct))) await TickAsync();
    }

    private async Task TickAsync()
    {
        Server.App.Services.GetRequiredService<LogBell>().Ring();
        Server.Time.Advance(TimeSpan.FromMilliseconds(250));
        await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Ct);
    }

    private protected static byte[] Bytes(ZipArchive bundle, string path)
    {
        using var from = bundle.GetEntry(path)!.Open();
        using var into = new MemoryStream();
        from.CopyTo(into);
        return into.ToArray();
    }

    private protected static string Text(ZipArchive bundle, string path) => Encoding.UTF8.GetString(Bytes(bundle, path));
}
