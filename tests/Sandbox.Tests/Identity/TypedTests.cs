using Sandbox.Agent;

namespace Sandbox.Tests.Identity;

public sealed class TypedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _program;

    public TypedTests() => _program = Program("here");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_to_which_the_path_leads_is_typed_by_its_name() =>
        Assert.Equal("sandbox-agent", Typed.NameOn($"/nowhere:{_folder["here"]}", _program));

    [Fact]
    public void So_is_one_to_which_it_leads_by_a_link()
    {
        Directory.CreateDirectory(_folder["links"]);
        File.CreateSymbolicLink(Path.Combine(_folder["links"], "sandbox-agent"), "../here/sandbox-agent");

        Assert.Equal("sandbox-agent", Typed.NameOn(_folder["links"], _program));
    }

    [Theory]
    [InlineData(""), InlineData("/nowhere"), InlineData("/nowhere:/usr/share")]
    public void Else_it_is_typed_in_full(string path) => Assert.Equal(_program, Typed.NameOn(path, _program));

    [Fact]
    public void Another_program_of_the_same_name_is_not_this_one()
    {
        Program("other");

        Assert.Equal(_program, Typed.NameOn($"{_folder["other"]}:{_folder["here"]}", _program));
    }

    [Fact]
    public void What_is_typed_can_be_typed() =>
        Assert.All([Typed.Agent("status"), Typed.AsRoot("status")], line => Assert.True(File.Exists(line.Split(' ')[^2]), line));

    [Theory]
    [InlineData("/var/lib/sandbox", "/var/lib/sandbox"), InlineData("/a b", "'/a b'"), InlineData("it's", @"'it'\''s'"), InlineData("", "''"), InlineData("$HOME", "'$HOME'")]
    public void A_word_is_quoted_where_the_shell_would_take_it_for_something_else(string word, string typed) => Assert.Equal(typed, Typed.Word(word));

    private string Program(string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        var program = Path.Combine(_folder[folder], "sandbox-agent");
        File.WriteAllText(program, "");
        return program;
    }
}
