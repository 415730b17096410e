using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sandbox.Server.Api;

namespace Sandbox.Tests.Api;

/// <summary>Lines of JSON that come as the log grows.</summary>
public sealed class FollowingByJson : ApiTest
{
    [Fact]
    public async Task What_is_logged_from_now_on_comes_by_itself()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        using var lines = await FollowAsync(token, "kind=evidence");

        await EvidenceAsync();

        Assert.Equal("evidence", JsonDocument.Parse(await NextAsync(lines)).RootElement.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_empty_line_comes_in_time_however_much_else_is_logged()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        using var lines = await FollowAsync(token, "kind=signoff");
        var began = Server.Time.GetUtcNow();

        var next = lines.ReadLineAsync(Ct).AsTask();
        for (var i = 0; !next.IsCompleted; i++)
        {
            if (i % 20 == 0) await EvidenceAsync(device: $"lab-{i}");
            await TickAsync();
        }

        Assert.Equal("", await next);
        Assert.InRange(Server.Time.GetUtcNow() - began, EntryFeed.Beat - TimeSpan.FromSeconds(1), EntryFeed.Beat + TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task What_ends_because_the_token_was_taken_back_does_not_look_like_the_end()
    {
        var token = await AuditorsTokenAsync();
        await PublishedAsync();
        using var lines = await FollowAsync(token, "kind=signoff");

        await Server.InStoreAsync(db => db.ApiTokens.ExecuteUpdateAsync(set => set.SetProperty(x => x.RevokedAt, Server.Time.GetUtcNow())));

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await NextAsync(lines) is not null)
            {
            }
        });
    }

    private async Task<StreamReader> FollowAsync(string token, string query) => new(await Program(token).GetStreamAsync($"{ApiRoutes.Root}/entries?follow=true&{query}", Ct));

    private async Task<string> NextAsync(StreamReader lines)
    {
        var next = lines.ReadLineAsync(Ct).AsTask();
        while (!next.IsCompleted) await TickAsync();
        return (await next)!;
    }
}
