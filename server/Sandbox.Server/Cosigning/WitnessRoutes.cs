using System.Globalization;
using System.Text;
using Sandbox.Ledger;

namespace Sandbox.Server.Cosigning;

/// <summary>What a witness serves: the one call of C2SP tlog-witness, and for people and logs what it cosigned last.</summary>
internal static class WitnessRoutes
{
    private const string TextType = "text/plain; charset=utf-8";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/add-checkpoint", AddAsync);
        app.MapGet("/checkpoint/{**origin}", (string origin, WitnessedLogs logs) => logs.Find(origin)?.Cosigned is { } note
            ? Results.Bytes(note.ToBytes(), TextType)
            : Results.Text($"No checkpoint of {origin} was cosigned here.\n", TextType, statusCode: StatusCodes.Status404NotFound));
        app.MapGet("/", (WitnessedLogs logs, WitnessKey key) => Results.Text(Status(logs, key.Verifier), TextType));
    }

    private static async Task<IResult> AddAsync(HttpRequest request, CheckpointDesk desk, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        var reply = await desk.AddAsync(body.ToArray(), ct);
        return Results.Text(reply.Body, reply.ContentType, statusCode: reply.Status);
    }

    private static string Status(WitnessedLogs logs, WitnessVerifierKey witness)
    {
        var text = new StringBuilder($"This is the witness {witness}\n");
        foreach (var log in logs.All.Select(log => WitnessedEntry.Of(log, witness)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{log.Origin}: ")
                .Append(log.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size} entries, cosigned {log.CosignedAt:u}") : "nothing cosigned yet")
                .Append(log.Against.Count > 0 ? "; something speaks against it" : "").Append('\n');
        }
        return text.ToString();
    }
}
