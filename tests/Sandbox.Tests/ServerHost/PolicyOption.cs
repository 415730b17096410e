using Sandbox.Evidence;
using Sandbox.Evidence.Policies;
using Sandbox.Server.Compliance;
using Sandbox.Server.Hosting;

namespace Sandbox.Tests.ServerHost;

/// <summary>The option <c>--policy</c>.</summary>
public sealed class PolicyOption : IDisposable
{
    private const string Mine = "schema: 1\nid: mine\nversion: 1\ntitle: Mine\nextends: stig\n";
    private readonly ServerFolder _folder = ServerFolder.Empty();

    private string File => Path.Combine(_folder.Data, "mine.yaml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lab_is_judged_by_its_default_unless_it_says_otherwise()
    {
        await Commands.DoneAsync(_folder, "init");

        Assert.Equal(LabDefault.Policy.Name, InUse());
    }

    [Fact]
    public async Task A_profile_that_was_given_once_is_remembered()
    {
        await Commands.DoneAsync(_folder, "init", "--policy", "cis-l1");
        await Commands.DoneAsync(_folder, "init");

        Assert.Equal("cis-l1/2", InUse());
    }

    [Fact]
    public async Task Of_a_file_the_server_keeps_a_copy()
    {
        await GiveAsync(Mine);
        System.IO.File.Delete(File);
        await Commands.DoneAsync(_folder, "init");

        Assert.Equal("mine/1", InUse());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.OperatingSystem.IsWindows() ? default : System.IO.File.GetUnixFileMode(_folder.Folders.Policy));
    }

    [Fact]
    public async Task What_is_no_policy_is_refused_with_every_fault_and_what_was_there_stays()
    {
        await GiveAsync(Mine);

        var (code, _, error) = await TryAsync("schema: 1\nid: mine\nversion: 0\ntitle: Mine\nextends: cis\n");

        Assert.Equal(2, code);
        Assert.Contains($"{File}:3:10: ", error, StringComparison.Ordinal);
        Assert.Contains($"{File}:5:10: ", error, StringComparison.Ordinal);
        Assert.Equal("mine/1", InUse());
    }

    [Fact]
    public async Task Other_rules_under_the_same_name_are_refused_and_other_words_are_not()
    {
        await GiveAsync(Mine);

        var (code, _, error) = await TryAsync(Mine + "rules:\n  - { id: password.min_length, expect: { op: \">=\", value: 8 } }\n");
        Assert.Equal(2, code);
        Assert.StartsWith("mine/1 judges already, with other rules or exemptions. Raise the version in", error, StringComparison.Ordinal);

        await GiveAsync(Mine.Replace("title: Mine", "title: Ours", StringComparison.Ordinal));
        await GiveAsync(Mine.Replace("version: 1", "version: 2", StringComparison.Ordinal).Replace("stig", "cis-l1", StringComparison.Ordinal));
        Assert.Equal("mine/2", InUse());
    }

    [Fact]
    public async Task Nobody_takes_the_name_of_a_profile()
    {
        var (code, _, error) = await TryAsync(PolicyProfiles.Text("stig")!);

        Assert.Equal(2, code);
        Assert.Contains("Give it an id of its own", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_is_gone_says_what_to_type()
    {
        await GiveAsync(Mine);
        System.IO.File.Delete(_folder.Folders.Policy);

        var gone = Assert.Throws<Server.SetupException>(() => InUse());
        Assert.Contains("Give it again: sandbox-server run --policy FILE", gone.Message, StringComparison.Ordinal);
        await GiveAsync(Mine);
        Assert.Equal("mine/1", InUse());
    }

    [Fact]
    public async Task What_is_neither_a_file_nor_a_profile_is_named()
    {
        var (code, _, error) = await Commands.RunAsync(_folder, "init", "--policy", "cis");

        Assert.Equal((2, "--policy cis is neither a file nor a profile. Profiles: lab-default, cis-l1, stig, nist-800-63b."), (code, error.Trim()));
    }

    private string InUse() => PolicyInUse.Of(_folder.Folders, ServerSettings.Load(_folder.Folders)!).Name;

    private async Task GiveAsync(string text)
    {
        var (code, _, error) = await TryAsync(text);
        Assert.True(code == 0, error);
    }

    private async Task<(int Code, string Output, string Error)> TryAsync(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text, TestContext.Current.CancellationToken);
        return await Commands.RunAsync(_folder, "init", "--policy", File);
    }
}
