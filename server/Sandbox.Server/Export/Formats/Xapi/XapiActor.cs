using System.Text.Json.Nodes;
using Google.Protobuf;
using Sandbox.Storage.Log;

namespace Sandbox.Server.Export.Formats.Xapi;

/// <summary>People in statements: an account of this site whose name is the id that the log has for them. A learning system that must know who it is keeps its own list.</summary>
internal static class XapiActor
{
    /// <summary>Somebody.</summary>
    public static JsonObject Of(ByteString id, Site site) => new()
    {
        ["objectType"] = "Agent", ["account"] = new JsonObject { ["homePage"] = site.Address, ["name"] = $"{LogId.From(id) ?? Guid.Empty}" },
    };
}
