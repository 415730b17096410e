using Sandbox.Server.Hosting;

namespace Sandbox.Server.Export.Formats;

/// <summary>The lab as other systems know it: what its addresses and ids begin with.</summary>
/// <param name="Address">Address of the pages, without a slash at its end: <c>https://lab.example:7443</c>.</param>
/// <param name="Origin">The evidence log's name, which a change of the host does not change.</param>
internal sealed record Site(string Address, string Origin)
{
    /// <summary>Name for people.</summary>
    public string Name => $"IT apprenticeship lab at {new Uri(Address).Host}";

    /// <summary>Who issues badges: an address that answers with a profile.</summary>
    public string Issuer => $"{Address}{IssuerPath}";

    /// <summary>Where the badges are listed whose signatures stand no more.</summary>
    public string Revocations => $"{Issuer}/revocations";

    /// <summary>Path of <see cref="Issuer"/>.</summary>
    public const string IssuerPath = "/issuer";

    /// <summary>The lab of a running server, or of the last start.</summary>
    public static Site Of(ServerSettings settings) => new(settings.Page(""), settings.LogOrigin);

    /// <summary>Address of the proof that an entry stands in the log: open to everybody, and says nothing of anybody.</summary>
    public string Entry(long index) => $"{Address}/log/proof/{index}";

    /// <summary>The id of something of this lab, the same one in each export.</summary>
    /// <param name="what">Names it within the lab: <c>entry/812</c>.</param>
    public Guid Id(string what) => NameBasedId.Of($"https://{Origin}/{what}");

    /// <summary>The same as a URI.</summary>
    public string Urn(string what) => $"urn:uuid:{Id(what)}";

    /// <summary>A person as a URI: the id that entries have, and nothing else of them.</summary>
    public static string Person(Guid id) => $"urn:uuid:{id}";
}
