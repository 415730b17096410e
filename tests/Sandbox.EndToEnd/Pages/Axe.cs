using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Sandbox.EndToEnd.Pages;

/// <summary>
/// axe-core inside a page. What Deque brings for Playwright opens a second page for each answer and puts axe into both; only frames need that, and a page
/// of ours has none.
/// </summary>
internal static class Axe
{
    // Of what passes only one node each: naming every node of a long page takes most of the time.
    private const string Ask = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 4).map(n => n.html).join(' | ')}`)
        """;

    private static readonly string Source = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is wrong with a page as it looks now. The first time in a document puts axe into it.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        Assert.Single(page.Frames);
        if (!await page.EvaluateAsync<bool>("() => typeof axe === 'object'")) await page.EvaluateAsync(Source);
        return await page.EvaluateAsync<string[]>(Ask);
    }
}
