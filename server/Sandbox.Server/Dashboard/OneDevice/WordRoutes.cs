using System.Security.Claims;
using Sandbox.Evidence;
using Sandbox.Server.Devices;
using Sandbox.Server.People;

namespace Sandbox.Server.Dashboard.OneDevice;

/// <summary>What mentors and admins say of a device: its groups, what it is for, and accounts that others may know.</summary>
internal static class WordRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var say = routes.MapGroup("/devices/{id}").RequireAuthorization(Policies.ManageDevices);
        say.MapPost("/groups", (string id, IFormCollection form, ClaimsPrincipal user, ScopeBook book, DeviceDecisions decisions, CancellationToken ct) =>
            decisions.MakeAsync(id, user, (device, by) => book.AddAsync(device, form["group"].ToString().Trim(), by, ct), ct));
        say.MapPost("/groups/{group}/remove", (string id, string group, IFormCollection form, ClaimsPrincipal user, ScopeBook book, DeviceDecisions decisions, CancellationToken ct) =>
            decisions.MakeAsync(id, user, (device, by) => book.RemoveAsync(device, group, by, ct), ct));
        say.MapPost("/role", (string id, IFormCollection form, ClaimsPrincipal user, ScopeBook book, DeviceDecisions decisions, CancellationToken ct) =>
            decisions.MakeAsync(id, user, (device, by) => book.GiveRoleAsync(device, RoleOf(form["role"].ToString()), by, ct), ct));
        say.MapPost("/marks", (string id, IFormCollection form, ClaimsPrincipal user, CompromiseBook book, DeviceDecisions decisions, CancellationToken ct) =>
            decisions.MakeAsync(id, user, (device, by) => book.MarkAsync(MarkForm.Read(form, device, by), ct), ct));
        say.MapPost("/marks/{mark:guid}/withdraw", (string id, Guid mark, IFormCollection form, ClaimsPrincipal user, CompromiseBook book, DeviceDecisions decisions, CancellationToken ct) =>
            decisions.MakeAsync(id, user, (_, by) => book.WithdrawAsync(mark, by, ct), ct));
    }
    // Nothing at all: what it does tells.
    private static DeviceRole? RoleOf(string word) => word.Length == 0 ? null
        : DeviceRoles.Named(word) ?? throw new SetupException($"'{word}' is no role: use {string.Join(" or ", DeviceRoles.Names)}, or what it does tells.");
}
