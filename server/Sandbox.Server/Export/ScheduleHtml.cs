using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Sandbox.Evidence.Record;

namespace Sandbox.Server.Export;

/// <summary>A filled schedule as an HTML file that stands alone.</summary>
internal static class ScheduleHtml
{
    /// <summary>The text.</summary>
    public static async Task<string> OfAsync(FilledSchedule schedule, ScopeWords words)
    {
        // The sheet needs no service: commands, which have no web side, make it, too.
        await using var none = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(none, none.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(ScheduleSheet.Filled)] = schedule, [nameof(ScheduleSheet.Words)] = words });
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ScheduleSheet>(parameters)).ToHtmlString());
    }
}
