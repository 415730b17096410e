using System.Globalization;
using System.Text.Json;

namespace Sandbox.Faults;

/// <summary>A rule of nft(8) that lets a TCP port in; it is known again by its comment. The kernel alone has it, so a restart of the machine or a reload of the rules ends it.</summary>
internal sealed class NftRule(Programs programs)
{
    private const string Program = "nft";

    /// <summary>The first chain for IPv4 and IPv6 that drops what comes in, as <c>inet filter input</c>. Null: none does.</summary>
    public async Task<string?> ChainAsync(CancellationToken ct)
    {
        if (!programs.Has(Program)) return null;
        return (await ChainsAsync(ct)).Where(DropsWhatComesIn).Select(NameOf).FirstOrDefault();
    }

    public async ValueTask AddAsync(string chain, int port, string comment, CancellationToken ct) =>
        await programs.RunAsync(Program, ["insert", "rule", .. chain.Split(' '), "tcp", "dport", port.ToString(CultureInfo.InvariantCulture), "accept", "comment", $"\"{comment}\""], ct);

    /// <summary>The kernel's number of the rule with a comment. Null: it is gone, perhaps with its chain, or with nft itself.</summary>
    public async Task<long?> HandleAsync(string chain, string comment, CancellationToken ct)
    {
        if (!programs.Has(Program) || !(await ChainsAsync(ct)).Exists(one => NameOf(one) == chain)) return null;
        return (await ListAsync("rule", ["list", "chain", .. chain.Split(' ')], ct)).Where(one => Text(one, "comment") == comment).Select(one => (long?)one.GetProperty("handle").GetInt64()).FirstOrDefault();
    }

    public async ValueTask DeleteAsync(string chain, string comment, CancellationToken ct)
    {
        if (await HandleAsync(chain, comment, ct) is { } handle) await programs.RunAsync(Program, ["delete", "rule", .. chain.Split(' '), "handle", handle.ToString(CultureInfo.InvariantCulture)], ct);
    }

    private Task<List<JsonElement>> ChainsAsync(CancellationToken ct) => ListAsync("chain", ["list", "chains"], ct);

    private static string NameOf(JsonElement chain) => $"{Text(chain, "family")} {Text(chain, "table")} {Text(chain, "name")}";

    private static bool DropsWhatComesIn(JsonElement chain) => (Text(chain, "family"), Text(chain, "type"), Text(chain, "hook"), Text(chain, "policy")) == ("inet", "filter", "input", "drop");

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // libnftables-json(5): {"nftables": [{"chain": {...}}, ...]}.
    private async Task<List<JsonElement>> ListAsync(string kind, string[] what, CancellationToken ct)
    {
        try
        {
            using var all = JsonDocument.Parse(await programs.RunAsync(Program, ["-j", .. what], ct));
            return [.. all.RootElement.GetProperty("nftables").EnumerateArray().Where(one => one.TryGetProperty(kind, out _)).Select(one => one.GetProperty(kind).Clone())];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new IOException($"nft printed something else than its JSON: {fault.Message}", fault);
        }
    }
}
