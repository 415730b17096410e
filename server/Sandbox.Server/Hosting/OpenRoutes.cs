using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Protocol;
using Sandbox.Server.Pki;
using Sandbox.Storage;

namespace Sandbox.Server.Hosting;

/// <summary>The two routes that are open to everybody: the CA certificate, for those who hold its pin, and whether the server works.</summary>
internal static class OpenRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapOpenRoutes(this WebApplication app)
    {
        app.MapGet(Wire.CaCertificatePath, (CertificateAuthority authority) => Results.Text(authority.ExportPem(), "application/x-pem-file"))
            .WithMetadata(new OnBothPorts()).AllowAnonymous();
        app.MapGet("/healthz", HealthAsync).AllowAnonymous();
    }

    private static async Task<IResult> HealthAsync(IDbContextFactory<SandboxDb> store, CancellationToken ct)
    {
        try
        {
            await using var db = await store.CreateDbContextAsync(ct);
            await db.Devices.AnyAsync(ct);
            return Results.Text("ok");
        }
        catch (DbException)
        {
            return Results.Text("The database does not answer; the server's log says why.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
