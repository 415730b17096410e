namespace Sandbox.Faults;

/// <summary>A rule of ufw(8) that lets a TCP port in.</summary>
internal sealed class UfwRule(Programs programs)
{
    public const string Place = "ufw";

    public async Task<bool> IsActiveAsync(CancellationToken ct) => programs.Has(Place) && (await programs.AskAsync(Place, ["status"], ct)).StartsWith("Status: active", StringComparison.Ordinal);

    /// <summary>Whether the rule is there. Without ufw there is none.</summary>
    public async ValueTask<bool> HasAsync(int port, CancellationToken ct) =>
        programs.Has(Place) && (await programs.RunAsync(Place, ["show", "added"], ct)).Split('\n').Contains($"ufw allow {port}/tcp");

    public async ValueTask AddAsync(int port, CancellationToken ct) => await programs.RunAsync(Place, ["allow", $"{port}/tcp"], ct);

    public async ValueTask DeleteAsync(int port, CancellationToken ct) => await programs.RunAsync(Place, ["delete", "allow", $"{port}/tcp"], ct);
}
