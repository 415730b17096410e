namespace Sandbox.Server.Dashboard.Devices;

/// <summary>What the address of a list asks for.</summary>
/// <param name="Text">Part of a name or an owner's name; empty: any.</param>
/// <param name="Group">The group.</param>
/// <param name="Page">The page, from 1.</param>
public sealed record DeviceFilter(string Text, DeviceGroup Group, int Page)
{
    private const int LongestText = 100;

    /// <summary>Whether it leaves any active device out.</summary>
    public bool IsNarrow => Text.Length > 0 || Group != DeviceGroup.Active;

    /// <summary>Reads an address; what makes no sense is left out.</summary>
    public static DeviceFilter Of(string? text, string? state, int? page)
    {
        var trimmed = text?.Trim() ?? "";
        return new DeviceFilter(trimmed.Length > LongestText ? trimmed[..LongestText] : trimmed, DeviceGroups.Parse(state ?? ""), Math.Max(1, page ?? 1));
    }

    /// <summary>The address of another page of the same list.</summary>
    public string Url(int page)
    {
        var query = new List<string>();
        if (Text.Length > 0) query.Add($"q={Uri.EscapeDataString(Text)}");
        if (Group != DeviceGroup.Active) query.Add($"state={DeviceGroups.Word(Group)}");
        if (page > 1) query.Add($"page={page}");
        return query.Count == 0 ? "/devices" : "/devices?" + string.Join('&', query);
    }
}
