using Sandbox.EndToEnd;

// Every test starts real processes, and continuous integration has two cores: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Chromium))]
