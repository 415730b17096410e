using System.Net;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Protocol;
using Sandbox.Server.People;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.Devices;
using Sandbox.Storage.People;

namespace Sandbox.Tests.Dashboard;

/// <summary>Every route that the running server has, for every role and for nobody: a page that is added cannot be forgotten here.</summary>
public sealed class EveryRoute : PagesTest
{
    // What stands on pages about somebody else's things, and on nothing else.
    private static readonly string[] Private = ["bench-of-noor", "Noor Haddad", "turned-away-of-noor"];

    [Fact]
    public void The_table_names_each_route_that_the_server_has() => Assert.Equal(RouteAccess.Table.Keys.Order(StringComparer.Ordinal), Routes().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Mentor), InlineData(Roles.Auditor), InlineData(Roles.Apprentice)]
    public async Task A_role_gets_what_is_meant_for_it_and_is_shown_nothing_else(string role)
    {
        var things = await SeedOthersAsync();
        using var visitor = await AsAsync(role);

        foreach (var (route, roles) in RouteAccess.Table)
        {
            var (status, text, _) = await visitor.AskAsync(Method(route), Address(route, things));

            Assert.Equal((route, Expected(route, roles, role)), (route, status));
            if (status == HttpStatusCode.Forbidden) Assert.Contains("Not for your role", text, StringComparison.Ordinal);
            if (status != HttpStatusCode.OK || role == Roles.Apprentice) Assert.All(Private, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Nobody_is_sent_to_the_door_and_shown_nothing()
    {
        var things = await SeedOthersAsync();
        using var stranger = new Visitor(Server);

        foreach (var route in RouteAccess.Table.Keys)
        {
            var (status, text, location) = await stranger.AskAsync(Method(route), Address(route, things));

            // A stream is no page: its script is told, and goes to the door itself.
            if (route.StartsWith("GET /live", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.Unauthorized, status);
            else Assert.Equal((route, HttpStatusCode.Redirect, "/sign-in", ""), (route, status, location.Split('?')[0], text));
            Assert.All(Private, words => Assert.DoesNotContain(words, text, StringComparison.Ordinal));
        }
    }

    // A form without its token is refused whoever sends it, so nothing is decided here.
    private static HttpStatusCode Expected(string route, string[] roles, string role) => (roles.Contains(role), Method(route) == HttpMethod.Post, role == Roles.Apprentice && route.Contains("{id", StringComparison.Ordinal)) switch
    {
        (false, _, _) => HttpStatusCode.Forbidden,
        (_, true, _) => HttpStatusCode.BadRequest,
        (_, _, true) => HttpStatusCode.NotFound,
        _ => HttpStatusCode.OK,
    };

    private static HttpMethod Method(string route) => HttpMethod.Parse(route.Split(' ')[0]);

    private static string Address(string route, Dictionary<string, string> things)
    {
        var path = route.Split(' ')[1];
        var id = things.GetValueOrDefault(path.Split('/')[1], "");
        foreach (var name in new[] { "{id:guid}", "{mark:guid}", "{held:guid}", "{record:guid}", "{id}" }) path = path.Replace(name, id, StringComparison.Ordinal);
        return path.Replace("{line}", "1.3", StringComparison.Ordinal).Replace("{column}", "ojt", StringComparison.Ordinal).Replace("{group}", "kiosks", StringComparison.Ordinal);
    }

    private IEnumerable<string> Routes() =>
        from route in Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<GrpcMethodMetadata>() is null
        // Those for programs take no session; who may use them is in TokensAtTheDoor.
        where route.Metadata.GetOrderedMetadata<IAuthorizeData>().All(x => x.Policy != Policies.ReadByToken)
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
        select $"{method} /{route.RoutePattern.RawText!.Trim('/')}";

    // One of each thing that belongs to somebody else, by the first step of its address.
    private async Task<Dictionary<string, string>> SeedOthersAsync()
    {
        var noor = await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice));
        var device = await DeviceAsync("bench-of-noor", noor);
        var code = new IssuedCode { Id = Guid.NewGuid(), TokenHash = new byte[32], PersonId = noor.Id, CreatedAt = Server.Time.GetUtcNow(), ExpiresAt = Server.Time.GetUtcNow().AddHours(1) };
        await SeedAsync(async lab =>
        {
            await lab.RefusedAsync(Reason.CodeExpired, "turned-away-of-noor", device);
            return 0;
        });
        var task = new Assignment
        {
            Id = Guid.NewGuid(), PersonId = noor.Id, Template = "user-account", Line = "1.3", Title = "Set up an account for Noor Haddad", Rules = "", DeviceId = device.Id, From = Server.Time.GetUtcNow(), Until = Server.Time.GetUtcNow().AddDays(1),
        };
        var token = new ApiToken { Id = Guid.NewGuid(), PersonId = noor.Id, Name = "bench-of-noor", TokenHash = new byte[32], CreatedAt = Server.Time.GetUtcNow(), ExpiresAt = Server.Time.GetUtcNow().AddDays(1) };
        var piece = await Server.InStoreAsync(async db =>
        {
            db.Codes.Add(code);
            db.Assignments.Add(task);
            db.ApiTokens.Add(token);
            return await new EvidenceSeed(db, Server.Time.GetUtcNow()).MendedAsync(noor, "bench-of-noor-2");
        });
        return new() { ["devices"] = $"{device.Id}", ["evidence"] = $"{piece.Id}", ["enrol"] = $"{code.Id}", ["people"] = $"{noor.Id}", ["competencies"] = $"{noor.Id}", ["assignments"] = $"{task.Id}", ["tokens"] = $"{token.Id}" };
    }
}
