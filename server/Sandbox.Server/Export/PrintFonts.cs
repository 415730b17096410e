using PdfSharp.Fonts;

namespace Sandbox.Server.Export;

/// <summary>The font of printed documents: one of those that nearly every machine has.</summary>
internal sealed class PrintFonts : IFontResolver
{
    /// <summary>The only family.</summary>
    public const string Family = "print";

    private const string Regular = "regular";
    private const string Bold = "bold";

    // Each with its bold face: Debian's fonts-dejavu-core, fonts-liberation, Fedora's and SUSE's places of the same, Windows.
    private static readonly (string Regular, string Bold)[] _places =
    [
        ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
        ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
        ("/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf", "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf"),
        ("/usr/share/fonts/truetype/DejaVuSans.ttf", "/usr/share/fonts/truetype/DejaVuSans-Bold.ttf"),
        (@"C:\Windows\Fonts\arial.ttf", @"C:\Windows\Fonts\arialbd.ttf"),
    ];

    private static readonly (string Regular, string Bold) _there = _places.FirstOrDefault(place => File.Exists(place.Regular) && File.Exists(place.Bold));

    /// <summary>Why nothing can be printed, with what to do. Null: it can.</summary>
    public static string? Missing => _there.Regular is null ? "the server's machine has no font for print; install one with: apt-get install fonts-dejavu-core" : null;

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(isBold ? Bold : Regular);

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName) => File.ReadAllBytes(faceName == Bold ? _there.Bold : _there.Regular);
}
