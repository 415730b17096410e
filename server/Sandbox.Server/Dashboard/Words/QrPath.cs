using System.Globalization;
using System.Text;
using QRCoder;

namespace Sandbox.Server.Dashboard.Words;

/// <summary>A QR code as one path of an SVG image: a run of dark modules is one rectangle.</summary>
/// <param name="Size">Modules on a side, the quiet zone of four on each side with them.</param>
/// <param name="Data">The path's <c>d</c>.</param>
public sealed record QrPath(int Size, string Data)
{
    /// <summary>Draws a text; 15 % of the picture may be dirty or hidden.</summary>
    public static QrPath Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (!rows[y][x]) continue;
                var first = x;
                while (x < rows[y].Count && rows[y][x]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{first} {y}h{x - first}v1h-{x - first}z");
            }

        return new QrPath(rows.Count, path.ToString());
    }
}
