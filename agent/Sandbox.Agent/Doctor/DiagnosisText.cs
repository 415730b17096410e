using System.Globalization;

namespace Sandbox.Agent.Doctor;

/// <summary>A diagnosis for people: a line per part, what it does not see below it, and at the end what to type, each thing once.</summary>
internal static class DiagnosisText
{
    private const int NameWidth = 20;

    public static IEnumerable<string> Lines(Diagnosis diagnosis)
    {
        foreach (var line in diagnosis.Mended) yield return line;
        yield return diagnosis.Privileged
            ? "Looks as root, who may see everything."
            : $"Looks as {diagnosis.User}, who may not see everything: {Typed.AsRoot("doctor")} shows what root would see.";
        if (diagnosis.Audit is { } audit) yield return audit.Says;
        yield return "";
        foreach (var part in diagnosis.Parts)
            foreach (var line in Lines(part)) yield return line;
        yield return "";
        foreach (var line in Ending(diagnosis)) yield return line;
    }

    private static IEnumerable<string> Lines(PartDiagnosis part)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{part.Name.PadRight(NameWidth)}{Words(part)}; {Woken(part.Watches)}; took {part.Milliseconds:0.0} ms");
        if (part.WatchTrouble is { } trouble) yield return $"  changes are noticed late: {trouble}";
        foreach (var one in part.Unseen) yield return $"  not seen: {one.What}: {one.Why}";
    }

    private static string Words(PartDiagnosis part) => part.Sight switch
    {
        Sight.Seen => "seen",
        Sight.Partly => $"seen, but for {part.Unseen.Count} thing{(part.Unseen.Count == 1 ? "" : "s")}",
        _ => $"not seen: {part.Message}",
    };

    private static string Woken(int watches) => watches switch
    {
        0 => "looked at from time to time",
        1 => "woken by 1 file",
        _ => $"woken by {watches} files and folders",
    };

    private static IEnumerable<string> Ending(Diagnosis diagnosis)
    {
        var remedies = diagnosis.Remedies;
        if (remedies.Count > 0) yield return "What to do:";
        else if (diagnosis.Parts.All(part => part.Sight == Sight.Seen)) yield return "All is seen.";
        else yield return "Nothing can be done about what is not seen.";
        foreach (var remedy in remedies) yield return $"  {remedy.About}: {remedy.Text}";
    }
}
