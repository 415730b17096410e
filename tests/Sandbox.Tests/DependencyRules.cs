using System.Reflection;
using NetArchTest.Rules;
using Sandbox.Evidence;
using Sandbox.Protocol;
using Sandbox.Storage;

namespace Sandbox.Tests;

/// <summary>Who may know whom.</summary>
public sealed class DependencyRules
{
    private static readonly Assembly Agent = typeof(Sandbox.Agent.SetupException).Assembly;
    private static readonly Assembly Server = typeof(Sandbox.Server.SetupException).Assembly;

    // The folder of each collector: Sandbox.Agent.Accounts and so on.
    private static readonly string[] CollectorFolders =
        [.. Sandbox.Agent.AllCollectors.For("/").Select(collector => collector.GetType().Namespace!.Split('.')[2]).Distinct()];

    public static TheoryData<string> Features() => [.. CollectorFolders];

    [Fact]
    public void The_protocol_knows_nothing_of_ours() =>
        Nothing(Types.InAssembly(typeof(DeviceId).Assembly).ShouldNot()
            .HaveDependencyOnAny("Sandbox.Agent", "Sandbox.Server", "Sandbox.Storage", "Sandbox.Evidence", "Sandbox.Ledger"));

    [Theory]
    [InlineData("Collecting"), InlineData("Doctor")]
    [MemberData(nameof(Features))]
    public void Collectors_never_know_the_uplink(string folder) =>
        Nothing(In(Agent, $"Sandbox.Agent.{folder}").ShouldNot()
            .HaveDependencyOnAny("Grpc", "Sandbox.Agent.Uplink", "Sandbox.Agent.Identity"));

    [Theory]
    [MemberData(nameof(Features))]
    public void Collectors_never_know_each_other(string one) =>
        Nothing(In(Agent, $"Sandbox.Agent.{one}").ShouldNot()
            .HaveDependencyOnAny([.. CollectorFolders.Where(other => other != one).Select(other => $"Sandbox.Agent.{other}")]));

    [Fact]
    public void Evidence_is_pure() =>
        Nothing(Types.InAssembly(typeof(Verdict).Assembly).ShouldNot()
            .HaveDependencyOnAny("System.IO.File", "System.IO.Directory", "System.Net", "Microsoft.EntityFrameworkCore", "System.TimeProvider", "Grpc"));

    [Fact]
    public void The_ledger_is_pure() =>
        Nothing(Types.InAssembly(typeof(Sandbox.Ledger.VerifierKey).Assembly).ShouldNot()
            .HaveDependencyOnAny("System.IO.File", "System.Net", "Microsoft.EntityFrameworkCore", "System.TimeProvider", "Sandbox.Protocol", "Sandbox.Storage"));

    [Fact]
    public void The_auditors_program_trusts_no_server() =>
        Nothing(Types.InAssembly(typeof(Sandbox.Verify.SetupException).Assembly).ShouldNot()
            .HaveDependencyOnAny("Sandbox.Server", "Sandbox.Storage", "Sandbox.Evidence", "Sandbox.Agent", "Microsoft.EntityFrameworkCore", "Grpc"));

    [Fact]
    public void One_place_in_the_server_tells_the_stores_apart() =>
        Nothing(Types.InAssembly(Server).That().DoNotHaveNameStartingWith("ChosenStore").And().ResideInNamespaceStartingWith("Sandbox.Server").ShouldNot()
            .HaveDependencyOnAny("Sandbox.Storage.Sqlite", "Sandbox.Storage.Postgres"));

    [Fact]
    public void The_stores_do_not_know_each_other()
    {
        Nothing(Types.InAssembly(typeof(Sandbox.Storage.Sqlite.SqliteStore).Assembly).ShouldNot().HaveDependencyOnAny("Npgsql", "Sandbox.Storage.Postgres"));
        Nothing(Types.InAssembly(typeof(Sandbox.Storage.Postgres.PostgresStore).Assembly).ShouldNot()
            .HaveDependencyOnAny("Microsoft.Data.Sqlite", "SQLitePCL", "Sandbox.Storage.Sqlite"));
    }

    [Fact]
    public void Only_storage_names_a_database() =>
        Nothing(Types.InAssembly(Server).ShouldNot().HaveDependencyOnAny("Microsoft.Data.Sqlite", "Npgsql"));

    [Fact]
    public void Storage_itself_names_no_database() =>
        Nothing(Types.InAssembly(typeof(SandboxDb).Assembly).ShouldNot().HaveDependencyOnAny("Microsoft.Data.Sqlite", "Npgsql"));

    [Theory]
    [InlineData("Ingest", "Enrolment", "Dashboard", "People")]
    [InlineData("Enrolment", "Ingest", "Dashboard", "People")]
    [InlineData("People", "Ingest", "Dashboard", "Enrolment")]
    [InlineData("Packages", "Ingest", "Enrolment", "Dashboard", "People")]
    // Forms on pages decide what commands decide, by the same services of Devices and People: two ways would be two sets of rules.
    [InlineData("Dashboard", "Ingest", "Enrolment", "Pki", "Hosting")]
    public void Server_features_do_not_know_each_other(string one, params string[] others) =>
        Nothing(In(Server, $"Sandbox.Server.{one}").ShouldNot()
            .HaveDependencyOnAny([.. others.Select(o => $"Sandbox.Server.{o}")]));

    // A rule about a folder that was renamed or emptied would hold for ever: that is a failure, too.
    private static PredicateList In(Assembly assembly, string folder)
    {
        var types = Types.InAssembly(assembly).That().ResideInNamespaceStartingWith(folder);
        Assert.NotEmpty(types.GetTypes());
        return types;
    }

    private static void Nothing(ConditionList rule)
    {
        var found = rule.GetResult();
        Assert.True(found.IsSuccessful, string.Join('\n', found.FailingTypeNames ?? []));
    }
}
