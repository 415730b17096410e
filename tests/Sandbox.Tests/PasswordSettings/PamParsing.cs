using Sandbox.Agent.Collecting;
using Sandbox.Agent.PasswordPolicy.Pam;
using Sandbox.Tests.Collecting;

namespace Sandbox.Tests.PasswordSettings;

public sealed class PamParsing
{
    private readonly Protocol.PasswordPolicy _fact = new();

    [Fact]
    public void A_line_has_type_control_module_and_arguments()
    {
        var line = Assert.Single(Parse("-password\t[success=1 default=ignore]\t/lib/security/pam_unix.so obscure yescrypt # nullok\n"));

        Assert.Equal(("password", "[success=1 default=ignore]", "pam_unix.so"), (line.Type, line.Control, line.Module));
        Assert.Equal(["obscure", "yescrypt"], line.Arguments);
    }

    [Fact]
    public void A_bracket_holds_an_argument_together() =>
        Assert.Equal(["a b]c", "d"], Assert.Single(Parse("auth required pam_x.so [a b\\]c] d")).Arguments);

    [Fact]
    public void A_backslash_continues_a_line_which_keeps_its_first_number()
    {
        var lines = Parse("\nauth required \\\n  pam_unix.so \\\n nullok\nauth optional pam_x.so\n");

        Assert.Equal([(2u, "pam_unix.so"), (5u, "pam_x.so")], lines.Select(line => (line.Line, line.Module)));
    }

    [Theory]
    [InlineData("password requisite # pam_pwquality.so"), InlineData("sometype required pam_x.so"), InlineData("auth")]
    public void A_line_that_says_nothing_is_named(string text)
    {
        Assert.Empty(Parse(text));
        Assert.Equal(
            ("/etc/pam.d/x", "line 1 is no line of pam.d(5): it needs a type, a control and a module"),
            (_fact.Unseen[0].What, _fact.Unseen[0].Why));
    }

    [Theory]
    [InlineData("required", true), InlineData("requisite", true), InlineData("REQUIRED", true), InlineData("optional", false)]
    [InlineData("sufficient", false), InlineData("[success=1 default=ignore]", false), InlineData("[default=die]", true)]
    [InlineData("[success=ok]", true), InlineData("[success=1 default=bad]", true), InlineData("[default=2]", false)]
    public void The_control_decides_whether_a_failure_counts(string control, bool expected) =>
        Assert.Equal(expected, PamControl.Refuses(control));

    [Fact]
    public void Includes_of_every_kind_are_resolved_in_place()
    {
        using var machine = new MachineFiles()
            .With("etc/pam.d/login", "auth required pam_1.so\n@include all\nauth include some\nauth substack sub\nauth required pam_5.so\n")
            .With("etc/pam.d/all", "auth required pam_2.so\naccount required pam_no.so\n")
            .With("etc/pam.d/some", "auth required pam_3.so\npassword required pam_no.so\n")
            .With("usr/lib/pam.d/sub", "auth required pam_4.so\n");

        var stack = Auth(machine);

        Assert.Equal(["pam_1.so", "pam_2.so", "pam_3.so", "pam_4.so", "pam_5.so"], stack.Lines.Select(line => line.Module));
        Assert.True(stack.Complete);
    }

    [Fact]
    public void An_include_of_another_type_brings_nothing()
    {
        using var machine = new MachineFiles().With("etc/pam.d/login", "account include other\n").With("etc/pam.d/other", "auth required pam_1.so\n");

        Assert.Empty(Auth(machine).Lines);
    }

    [Fact]
    public void A_circle_of_includes_ends_and_is_named()
    {
        using var machine = new MachineFiles().With("etc/pam.d/login", "@include a\n").With("etc/pam.d/a", "auth required pam_1.so\n@include login\n");

        var stack = Auth(machine);

        Assert.Equal((1, false), (stack.Lines.Count, stack.Complete));
        Assert.Equal(("/etc/pam.d/login", "it includes itself"), (_fact.Unseen[0].What, _fact.Unseen[0].Why));
    }

    [Fact]
    public void Files_that_double_each_other_end_soon()
    {
        using var machine = new MachineFiles().With("etc/pam.d/login", "@include f0\n");
        for (var i = 0; i < 40; i++) machine.With($"etc/pam.d/f{i}", $"@include f{i + 1}\n@include f{i + 1}\nauth required pam_x.so\n");

        Assert.False(Auth(machine).Complete);
        Assert.InRange(_fact.Unseen.Count, 1, 51);
    }

    [Fact]
    public void An_include_that_is_not_there_leaves_the_stack_incomplete()
    {
        using var machine = new MachineFiles().With("etc/pam.d/login", "\nauth include gone\n");

        Assert.False(Auth(machine).Complete);
        Assert.Equal("line 2 includes gone, which is not there", _fact.Unseen[0].Why);
    }

    [Fact]
    public void An_include_cannot_climb_out_of_the_root()
    {
        using var outside = new MachineFiles().With("secret", "auth required pam_secret.so\n");
        using var machine = new MachineFiles().With("etc/pam.d/login", $"auth include ../../../../../..{outside.At("secret")}\n");

        Assert.Empty(Auth(machine).Lines);
    }

    [Fact]
    public void A_stack_of_thousands_of_lines_is_cut_and_incomplete()
    {
        using var machine = new MachineFiles().With("etc/pam.d/login", string.Concat(Enumerable.Repeat("auth required pam_unix.so\n", 5000)));

        var stack = Auth(machine);

        Assert.Equal((1000, false), (stack.Lines.Count, stack.Complete));
    }

    private List<Protocol.PamLine> Parse(string text) => PamText.Parse(text, "/etc/pam.d/x", new UnseenNotes(_fact.Unseen));

    private PamStack Auth(MachineFiles machine) =>
        PamStack.Read(new PamFiles(new RootFolder(machine.Root), new UnseenNotes(_fact.Unseen)), "auth", "login");
}
