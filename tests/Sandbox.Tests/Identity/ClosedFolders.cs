using Sandbox.Agent;

namespace Sandbox.Tests.Identity;

public sealed class ClosedFolders
{
    [Fact]
    public void A_folder_that_cannot_be_made_says_so_and_what_to_type()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        var fault = Assert.Throws<SetupException>(() => DurableFile.CreateFolder(Path.Combine(file, "agent")));

        Assert.Contains("--data DIR", fault.Message, StringComparison.Ordinal);
    }
}
