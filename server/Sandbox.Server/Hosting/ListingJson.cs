using System.Text.Json.Serialization;
using Sandbox.Server.Api;
using Sandbox.Server.Devices;
using Sandbox.Server.Enrolment;
using Sandbox.Server.People;
using Sandbox.Server.Retention;
using Sandbox.Server.Witness;

namespace Sandbox.Server.Hosting;

/// <summary>The lists that <c>--json</c> prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<DeviceEntry>))]
[JsonSerializable(typeof(IReadOnlyList<CodeEntry>))]
[JsonSerializable(typeof(IReadOnlyList<RosterEntry>))]
[JsonSerializable(typeof(IReadOnlyList<HolderEntry>))]
[JsonSerializable(typeof(IReadOnlyList<MarkEntry>))]
[JsonSerializable(typeof(IReadOnlyList<ProgrammeEntry>))]
[JsonSerializable(typeof(IReadOnlyList<KeptPerson>))]
[JsonSerializable(typeof(IReadOnlyList<TokenRow>))]
[JsonSerializable(typeof(IReadOnlyList<WitnessListing>))]
internal sealed partial class ListingJson : JsonSerializerContext;
