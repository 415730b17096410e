using Sandbox.EndToEnd;
using Sandbox.EndToEnd.Packaging;
using Xunit.Sdk;
using Xunit.v3;

// Every test starts real processes, and continuous integration has two cores: one after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(AgentPackages))]
