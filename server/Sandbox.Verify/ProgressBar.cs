using System.Globalization;

namespace Sandbox.Verify;

/// <summary>Says on a terminal how far it is. Where standard error is none, it says nothing.</summary>
internal sealed class ProgressBar : IProgress<(long Done, long Size)>, IDisposable
{
    private const int Width = 30;

    // What is over at once needs no bar.
    private const long LeastSize = 10_000;

    private readonly bool _isOn = !Console.IsErrorRedirected;
    private int _percent = -1;

    /// <inheritdoc/>
    public void Report((long Done, long Size) value)
    {
        var percent = (int)(100 * value.Done / value.Size);
        if (!_isOn || value.Size < LeastSize || percent == _percent) return;
        _percent = percent;
        var full = Width * percent / 100;
        Console.Error.Write($"\r[{new string('#', full)}{new string('.', Width - full)}] {percent,3} % of {value.Size.ToString("N0", CultureInfo.InvariantCulture)} entries");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_percent >= 0) Console.Error.Write("\r" + new string(' ', Width + 40) + "\r");
    }
}
