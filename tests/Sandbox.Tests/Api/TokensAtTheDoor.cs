using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.Api;
using Sandbox.Server.People;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Api;

/// <summary>Who is let in to the log as a program, and who is not.</summary>
public sealed class TokensAtTheDoor : ApiTest
{
    private static readonly string[] Addresses = [$"{ApiRoutes.Root}/entries", $"{ApiRoutes.Root}/entries/0", $"{ApiRoutes.Root}/bundle", $"{ApiRoutes.Root}/{{**rest}}"];

    [Fact]
    public void These_are_all_addresses_for_programs()
    {
        var routes = Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(x => x.Policy == Policies.ReadByToken) && route.Metadata.GetMetadata<GrpcMethodMetadata>() is null);

        Assert.Equal(Addresses.Order(StringComparer.Ordinal), routes.Select(route => route.RoutePattern.RawText!.Replace("{index:long:min(0)}", "0", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_served_and_it_is_said_where_to_make_one()
    {
        foreach (var address in Addresses)
        {
            var (status, detail) = await RefusedAsync(null, address);

            Assert.Equal((address, HttpStatusCode.Unauthorized), (address, status));
            Assert.Contains("sandbox-server tokens make", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_of_the_pages_is_no_token()
    {
        using var admin = await AsAsync(Roles.Admin);

        foreach (var address in Addresses) Assert.Equal((address, HttpStatusCode.Unauthorized), (address, (await admin.AskAsync(HttpMethod.Get, address)).Status));
    }

    [Theory]
    [InlineData("sandbox_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("hunter2")]
    public async Task A_token_that_nobody_made_is_refused(string token)
    {
        var (status, detail) = await RefusedAsync(token, Addresses[0]);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("unknown", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_over_when_its_days_are()
    {
        var token = await TokenAsync(Mentor, days: 2);
        await PublishedAsync();
        Assert.NotEmpty(await EntriesAsync(token));

        Server.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(token, Addresses[0])).Status);
    }

    [Fact]
    public async Task A_token_that_was_taken_back_reads_nothing_any_more()
    {
        var token = await TokenAsync(Mentor);
        using var mara = await AsMentorAsync();
        var id = await Server.InStoreAsync(db => db.ApiTokens.Select(x => x.Id).SingleAsync(Ct));

        Assert.Equal(HttpStatusCode.Redirect, (await mara.SendFormOfAsync("/tokens", $"/tokens/{id}/revoke")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(token, Addresses[0])).Status);
    }

    [Fact]
    public async Task A_token_ends_with_its_persons_lock()
    {
        var token = await TokenAsync(Mentor);

        await Server.InStoreAsync(db => db.Users.Where(x => x.Id == Mentor.Id).ExecuteUpdateAsync(set => set.SetProperty(x => x.LockoutEnd, DateTimeOffset.MaxValue)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(token, Addresses[0])).Status);
    }

    [Fact]
    public async Task A_token_shows_what_its_person_may_see_now()
    {
        await EvidenceAsync(await PersonAsync("noor", Roles.Apprentice), "bench-of-noor");
        var ada = await PersonAsync("ada", Roles.Auditor);
        var token = await TokenAsync(ada);
        await PublishedAsync();
        Assert.Single(await EntriesAsync(token, "?kind=evidence"));

        await Server.InStoreAsync(async db =>
        {
            var apprentice = await db.Roles.SingleAsync(x => x.Name == Roles.Apprentice, Ct);
            db.UserRoles.Remove(await db.UserRoles.SingleAsync(x => x.UserId == ada.Id, Ct));
            db.UserRoles.Add(new() { UserId = ada.Id, RoleId = apprentice.Id });
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Empty(await EntriesAsync(token, "?kind=evidence"));
    }

    [Fact]
    public async Task Somebody_who_was_erased_meanwhile_gets_no_token()
    {
        await Assert.ThrowsAsync<Sandbox.Server.SetupException>(() => TokenAsync(new Person { Id = Guid.NewGuid() }));

        Assert.Equal(0, await Server.InStoreAsync(db => db.ApiTokens.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_use_of_a_token_is_noted()
    {
        var token = await TokenAsync(Mentor);
        await PublishedAsync();

        await EntriesAsync(token);

        Assert.NotNull(await Server.InStoreAsync(db => db.ApiTokens.Select(x => x.UsedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task No_token_opens_a_page()
    {
        var token = await TokenAsync(Mentor);

        using var answer = await Program(token).GetAsync("/people", Ct);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, "This needs a token, as the header 'Authorization: Bearer TOKEN'."), InlineData("sandbox_nobodys", "This token is unknown, over or taken back")]
    public async Task A_call_without_a_good_token_is_unauthenticated_and_told_what_to_type(string? token, string words)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await Calls().GetAsync(new GetEntry { Index = 0 }, With(token)));

        Assert.Equal(StatusCode.Unauthenticated, fault.StatusCode);
        Assert.StartsWith(words, fault.Status.Detail, StringComparison.Ordinal);
        Assert.Contains("sandbox-server tokens make", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_of_auditors_does_not_answer_on_the_agents_port()
    {
        var token = await AuditorsTokenAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await Calls(Server.AgentPort).GetCheckpointAsync(new GetCheckpointRequest(), With(token)));

        Assert.Equal(StatusCode.Unimplemented, fault.StatusCode);
    }
}
