using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;
using Sandbox.Protocol;

namespace Sandbox.EndToEnd.Crediting;

/// <summary>A task with a seeded fault, as a mentor gives it on the real page.</summary>
/// <param name="Template">The task.</param>
/// <param name="Device">The name of the device on which it is to be done.</param>
/// <param name="Fault">What a form calls the fault.</param>
internal sealed record SeededTask(string Template, string Device, string Fault)
{
    /// <summary>Gives it to the apprentice ada.</summary>
    /// <returns>The address of the task's page.</returns>
    public async Task<string> GiveAsync(IPage mentor, Lab lab)
    {
        await mentor.GotoAsync($"{lab.Page}/assignments/new?template={Template}");
        await mentor.GetByLabel("ada").CheckAsync();
        await mentor.Locator("#device").SelectOptionAsync(new SelectOptionValue { Label = Device });
        await mentor.Locator("#seed").SelectOptionAsync(Fault);
        await mentor.GetByRole(AriaRole.Button, new() { Name = "Give it" }).ClickAsync();
        await Assertions.Expect(mentor).ToHaveURLAsync(new Regex("/assignments/[0-9a-f-]{36}$"));
        // The time that was drawn comes at once: a test cannot wait for days.
        lab.Change($"update \"SeededFaults\" set \"DueAt\" = {TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000}");
        return mentor.Url;
    }

    /// <summary>What the log says of seeded faults, the earliest first.</summary>
    public static IEnumerable<string> Said(Lab lab) =>
        lab.AllBytes("select \"Body\" from \"LogEntries\" where \"Kind\" = 13 order by \"Id\"").Select(body => LogBody.Parser.ParseFrom(body).FaultSaid.Said);
}
