namespace Sandbox.Faults;

/// <summary>The faults that there are.</summary>
internal static class AllFaults
{
    public static IReadOnlyList<IFault> On(Tree tree)
    {
        var programs = new Programs(tree);
        return [new ShortenedLength(tree), new StoppedUpdates(tree, programs), new ExcessRight(tree, programs), new OpenedPort(tree, programs)];
    }
}
