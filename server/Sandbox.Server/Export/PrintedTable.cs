using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Sandbox.Server.Export;

/// <summary>A table over as many pages as it takes. All lengths are points (1/72 inch).</summary>
internal sealed class PrintedTable(PdfDocument document, IReadOnlyList<PrintedColumn> columns) : IDisposable
{
    private const double Margin = 40;
    private const double Padding = 3;
    private const double FootHeight = 24;

    private static readonly XFont _title = new(PrintFonts.Family, 13, XFontStyleEx.Bold);
    private static readonly XFont _bold = new(PrintFonts.Family, 8.5, XFontStyleEx.Bold);
    private static readonly XFont _plain = new(PrintFonts.Family, 8.5);
    private static readonly XFont _small = new(PrintFonts.Family, 6.5);
    private static readonly XPen _rule = new(XColors.Gray, 0.5);
    private static readonly XBrush _shade = new XSolidBrush(XColor.FromGrayScale(0.93));

    private XGraphics? _page;
    private double _y, _bottom;
    private bool _begun;

    /// <summary>What stands above everything.</summary>
    public void Title(string title, string below)
    {
        Put(title, _title);
        Put(below, _plain);
    }

    /// <summary>A line of text above the table.</summary>
    public void Line(string text) => Put(text, _plain);

    /// <summary>The header, here and on each further page.</summary>
    public void Begin()
    {
        _y += 6;
        _begun = true;
        Header();
    }

    /// <summary>A row. One that does not fit into the rest of a page begins the next one; what is longer than a page goes on there.</summary>
    public void Row(bool isHeading, IReadOnlyList<PrintedCell> cells)
    {
        var page = Page();
        var lines = cells.Select((cell, i) => PrintedLine.Of(page, cell, columns[i].Width - (2 * Padding), isHeading ? _bold : _plain, _small)).ToList();
        for (var first = true; first || lines.Exists(rest => rest.Count > 0); first = false)
        {
            var height = lines.Max(PrintedLine.Height) + (2 * Padding);
            if (_y + height > _bottom && (first || _y + (4 * Padding) > _bottom)) NewPage();
            var taken = lines.ConvertAll(rest => PrintedLine.Take(rest, _bottom - _y - (2 * Padding)));
            Draw(isHeading, taken);
        }
    }

    /// <summary>The small line at the bottom of a page that is complete.</summary>
    public static void Foot(PdfPage page, string text)
    {
        using var graphics = XGraphics.FromPdfPage(page);
        graphics.DrawString(text, _small, XBrushes.DimGray, new XRect(Margin, page.Height.Point - FootHeight, page.Width.Point - (2 * Margin), 10), XStringFormats.TopRight);
    }

    /// <inheritdoc/>
    public void Dispose() => _page?.Dispose();

    private void Put(string text, XFont font)
    {
        foreach (var line in PrintedLine.Wrap(Page(), text, font, columns.Sum(column => column.Width)))
        {
            Page().DrawString(line, font, XBrushes.Black, new XPoint(Margin, _y + font.Size));
            _y += font.Size * 1.35;
        }
    }

    private void Header() => Draw(isShaded: true, [.. columns.Select(column => PrintedLine.Of(Page(), new PrintedCell(column.Title), column.Width - (2 * Padding), _bold, _small))]);

    private void Draw(bool isShaded, List<List<PrintedLine>> cells)
    {
        var (page, x, height) = (Page(), Margin, cells.Max(PrintedLine.Height) + (2 * Padding));
        for (var i = 0; i < columns.Count; x += columns[i++].Width)
        {
            var frame = new XRect(x, _y, columns[i].Width, height);
            if (isShaded) page.DrawRectangle(_rule, _shade, frame);
            else page.DrawRectangle(_rule, frame);
            var y = _y + Padding;
            foreach (var line in cells[i])
            {
                page.DrawString(line.Text, line.Font, ReferenceEquals(line.Font, _small) ? XBrushes.DimGray : XBrushes.Black, new XPoint(x + Padding, y + line.Font.Size));
                y += line.Height();
            }
        }
        _y += height;
    }

    private XGraphics Page()
    {
        if (_page is null) NewPage();
        return _page!;
    }

    private void NewPage()
    {
        _page?.Dispose();
        var page = document.AddPage();
        page.Size = PdfSharp.PageSize.A4;
        (_page, _y, _bottom) = (XGraphics.FromPdfPage(page), Margin, page.Height.Point - Margin - FootHeight);
        if (_begun) Header();
    }
}

/// <summary>A column.</summary>
/// <param name="Title">What its header says.</param>
/// <param name="Width">In points.</param>
internal sealed record PrintedColumn(string Title, double Width);

/// <summary>What stands in a cell.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Small">Further paragraphs in small print.</param>
internal sealed record PrintedCell(string Text, IReadOnlyList<string> Small)
{
    public PrintedCell(string text)
        : this(text, [])
    {
    }
}
