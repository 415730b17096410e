using Sandbox.Evidence.Policies;
using Sandbox.Storage.Telemetry;

namespace Sandbox.Server.Assessment;

/// <summary>What judging a device needs beside the device. It belongs to the writer's thread, as the store does.</summary>
/// <param name="Store">For what is looked up now and then.</param>
/// <param name="Hardware">What other devices of the same batch report.</param>
/// <param name="SilentAfter">From how long a silence on nothing is known.</param>
/// <param name="Policy">What judges.</param>
/// <param name="Seeded">Faults that were seeded on devices.</param>
internal sealed record Surroundings(IIngestStore Store, HardwareClaims Hardware, TimeSpan SilentAfter, Policy Policy, SeededNow Seeded);
