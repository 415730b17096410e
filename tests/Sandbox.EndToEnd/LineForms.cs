using Microsoft.Playwright;
using Sandbox.EndToEnd.Harness;

namespace Sandbox.EndToEnd;

/// <summary>The page of a line as people use it: by the words that stand there.</summary>
internal static class LineForms
{
    /// <summary>The column of what was done.</summary>
    public const string Ojt = "On-the-job training";

    /// <summary>The column of what was taught.</summary>
    public const string Ri = "Related instruction";

    private const float LongestAnswer = 15_000;

    extension(IPage page)
    {
        /// <summary>A column of the line, with its state, its records and its forms.</summary>
        public ILocator Column(string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

        /// <summary>What is folded in behind a button of a column.</summary>
        public ILocator Form(string column, string button) =>
            page.Column(column).Locator("details").Filter(new() { Has = page.Locator("summary").GetByText(button, new() { Exact = true }) });

        /// <summary>Opens a form, unless it is, and fills its fields in by their labels.</summary>
        public async Task<ILocator> FillInAsync(string column, string button, params (string Label, string Text)[] fields)
        {
            var form = page.Form(column, button);
            if (!await form.EvaluateAsync<bool>("fold => fold.open")) await form.Locator("summary").ClickAsync();
            foreach (var (label, text) in fields) await form.GetByLabel(label).FillAsync(text);
            return form;
        }

        /// <summary>Decides: signs, returns, or revokes.</summary>
        /// <param name="column">About which column.</param>
        /// <param name="what">The button: Sign, Return, or Revoke the signature.</param>
        /// <param name="words">Typed where words are asked for.</param>
        /// <param name="password">Typed where the password is asked for, which it is not for a return.</param>
        public async Task DecideAsync(string column, string what, string words, string password = LabBrowser.Password)
        {
            var form = await page.FillInAsync(column, what);
            await form.GetByRole(AriaRole.Textbox).First.FillAsync(words);
            if (what != "Return") await form.GetByLabel("Your password").FillAsync(password);
            await page.SubmitAsync(form, what);
        }

        /// <summary>Sends a form, and waits for the page that answers: what is filled in before it is there would be lost with this one.</summary>
        public async Task SubmitAsync(ILocator form, string button)
        {
            await page.EvaluateAsync("() => { document.documentElement.dataset.left = ''; }");
            await form.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Assertions.Expect(page.Locator("html[data-left]")).ToHaveCountAsync(0, new() { Timeout = LongestAnswer });
        }
    }
}
