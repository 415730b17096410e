using System.Collections.Concurrent;
using System.Reflection;
using Sandbox.Tests;
using Xunit.v3;

[assembly: LongestTest]

namespace Sandbox.Tests;

/// <summary>
/// Cancels the token of a test that takes minutes, so that what waits for ever ends as a failure with a name and a line, and not as a run without an end. What waits without the token
/// is named by <c>tests/run</c> alone.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LongestTestAttribute : BeforeAfterTestAttribute
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Tests for hours are asked for by name, and so are longer ones.
        if (test.TestCase.Explicit || Fuzz.IsLong) return;
        var context = TestContext.Current;
        _running[test.UniqueID] = new Timer(_ => Cancel(context), null, Longest, Timeout.InfiniteTimeSpan);
    }

    private static void Cancel(ITestContext context)
    {
        try
        {
            context.CancelCurrentTest();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out var timer)) timer.Dispose();
    }
}
