using System.Globalization;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Sandbox.Agent.Collecting;
using Sandbox.Protocol;
using static Sandbox.Protocol.Licence.Types;

namespace Sandbox.Agent.Inventory;

/// <summary>What <c>pro status</c> last wrote for everybody to read. machine-token.json, which only root may read, is not opened.</summary>
internal static class UbuntuPro
{
    public const string Status = "var/lib/ubuntu-advantage/status.json";
    private const int MostServices = 50;

    /// <summary>Null: the client is not there, has written nothing yet, or <paramref name="unseen"/> says what is wrong.</summary>
    public static Licence? Read(RootFolder root, ICollection<Unseen> unseen)
    {
        if (!root.Has(Status)) return null;
        if (!root.TryRead(Status, out var text, out var fault))
        {
            unseen.Add(fault);
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(text);
            return Of(json.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            unseen.Add(Why.Of(Status, "not the JSON of pro status", "Have it written again: sudo pro status"));
            return null;
        }
    }

    private static Licence Of(JsonElement status)
    {
        var attached = status.TryGetProperty("attached", out var said) && said.ValueKind == JsonValueKind.True;
        var licence = new Licence { Name = "Ubuntu Pro", State = attached ? State.Attached : State.NotAttached };
        if (!attached) return licence;
        if (status.TryGetProperty("account", out var account) && Text(account, "name") is { } holder) licence.Holder = holder;
        // A free subscription says the year 9999.
        if (DateTimeOffset.TryParse(Text(status, "expires"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at.Year < 9999)
            licence.ExpiresAt = at.ToTimestamp();
        licence.Services.AddRange(Enabled(status).Order(StringComparer.Ordinal).Take(MostServices));
        return licence;
    }

    private static IEnumerable<string> Enabled(JsonElement status) =>
        status.TryGetProperty("services", out var services) && services.ValueKind == JsonValueKind.Array
            ? services.EnumerateArray().Where(one => Text(one, "status") == "enabled").Select(one => Text(one, "name")).OfType<string>()
            : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
