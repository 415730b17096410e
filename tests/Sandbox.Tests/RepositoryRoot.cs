namespace Sandbox.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Sandbox.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Sandbox.sln is in no folder above the tests.");
    }
}
