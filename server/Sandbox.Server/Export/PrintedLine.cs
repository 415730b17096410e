using PdfSharp.Drawing;

namespace Sandbox.Server.Export;

/// <summary>A line of text that fits into its cell.</summary>
internal sealed record PrintedLine(string Text, XFont Font)
{
    private const double Leading = 1.3;

    /// <summary>The lines of a cell.</summary>
    public static List<PrintedLine> Of(XGraphics page, PrintedCell cell, double width, XFont font, XFont small) =>
    [
        .. Wrap(page, cell.Text, font, width).Select(line => new PrintedLine(line, font)),
        .. cell.Small.SelectMany(paragraph => Wrap(page, paragraph, small, width)).Select(line => new PrintedLine(line, small)),
    ];

    /// <summary>Breaks a text at spaces, and a word that is too long anywhere.</summary>
    public static IEnumerable<string> Wrap(XGraphics page, string text, XFont font, double width)
    {
        var line = "";
        foreach (var word in Plain(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(page, word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (page.MeasureString(longer, font).Width > width && line.Length > 0)
            {
                yield return line;
                line = word;
            }
            else line = longer;
        }
        if (line.Length > 0) yield return line;
    }

    /// <summary>How high they are together, in points.</summary>
    public static double Height(List<PrintedLine> lines) => lines.Sum(line => line.Height());

    /// <summary>How high it is, in points.</summary>
    public double Height() => Font.Size * Leading;

    /// <summary>Takes as many lines away as fit; at least one.</summary>
    public static List<PrintedLine> Take(List<PrintedLine> lines, double height)
    {
        var count = 0;
        for (var rest = height; count < lines.Count && (count == 0 || lines[count].Height() <= rest); count++) rest -= lines[count].Height();
        var taken = lines[..count];
        lines.RemoveRange(0, count);
        return taken;
    }

    // What is no letter to a font would be drawn as a box, and a line feed moves nothing.
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static IEnumerable<string> Pieces(XGraphics page, string word, XFont font, double width)
    {
        while (page.MeasureString(word, font).Width > width)
        {
            var length = word.Length - 1;
            while (length > 1 && page.MeasureString(word[..length], font).Width > width) length--;
            if (char.IsHighSurrogate(word[length - 1]) && length > 1) length--;
            yield return word[..length];
            word = word[length..];
        }
        yield return word;
    }
}
