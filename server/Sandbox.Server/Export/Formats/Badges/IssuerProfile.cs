using System.Text.Json.Nodes;

namespace Sandbox.Server.Export.Formats.Badges;

/// <summary>Who issues: an Open Badges Profile (§B.1.20), with no more in it than the lab's address says.</summary>
internal static class IssuerProfile
{
    /// <summary>Where the type of a badge's status is named.</summary>
    public const string Extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";

    /// <summary>The contexts of a badge, in the order that VC 2.0 and OB 3.0 ask for.</summary>
    public static JsonArray Contexts() => ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", Extensions];

    /// <summary>Within a credential.</summary>
    public static JsonObject Of(Site site) => new() { ["id"] = site.Issuer, ["type"] = new JsonArray("Profile"), ["name"] = site.Name, ["url"] = site.Address };

    /// <summary>By itself.</summary>
    public static JsonObject Document(Site site)
    {
        var profile = Of(site);
        profile.Insert(0, "@context", Contexts());
        return profile;
    }
}
