using System.ComponentModel;
using System.Diagnostics;

namespace Sandbox.Agent.Antivirus;

/// <summary>
/// <c>mdatp health --output json</c>, the one way to hear of Microsoft Defender for Endpoint how it fares: no file says it. At most 3 s and 256 KiB.
/// </summary>
internal sealed class MdatpProgram(string path)
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    /// <summary>What it printed. Null: it could not be started, or did not end in time, and <c>Why</c> says so.</summary>
    public async ValueTask<(byte[]? Printed, string Why)> HealthAsync(CancellationToken ct)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(path, ["health", "--output", "json"]) };
        process.StartInfo.RedirectStandardInput = process.StartInfo.RedirectStandardOutput = process.StartInfo.RedirectStandardError = true;
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            return (null, $"it cannot be started: {fault.Message}");
        }

        process.StandardInput.Close();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(Time);
        try
        {
            var complaints = process.StandardError.BaseStream.CopyToAsync(Stream.Null, time.Token);
            var printed = await ReadAsync(process.StandardOutput.BaseStream, time.Token);
            if (printed is null) return (null, $"it prints more than {MostBytes / 1024} KiB");
            await complaints;
            return (printed, "");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, $"it did not end within {Time.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static async ValueTask<byte[]?> ReadAsync(Stream output, CancellationToken ct)
    {
        using var printed = new MemoryStream();
        var part = new byte[4096];
        while (await output.ReadAsync(part, ct) is > 0 and var got)
        {
            printed.Write(part, 0, got);
            if (printed.Length > MostBytes) return null;
        }

        return printed.ToArray();
    }
}
