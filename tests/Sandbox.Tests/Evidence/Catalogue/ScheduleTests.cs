using System.Security.Cryptography;
using System.Text;
using Sandbox.Evidence.Catalogue;

namespace Sandbox.Tests.Evidence.Catalogue;

/// <summary>The catalogue against the schedule's own file, byte for byte as it was given.</summary>
public sealed class ScheduleTests
{
    private static readonly byte[] Given = ReadGiven();

    [Fact]
    public void The_text_to_compare_with_is_the_one_that_was_given() =>
        Assert.Equal("6857fcb6d20d4366ebd52c7f124c694b88a9116049e1bcc8fe3054464833cc8e", Convert.ToHexStringLower(SHA256.HashData(Given)));

    [Fact]
    public void Every_function_and_line_stands_in_its_exact_wording_with_its_mark_and_in_its_order() =>
        Assert.Equal(Rows().SkipWhile(row => !row[0].StartsWith("JOB FUNCTION 1:", StringComparison.Ordinal)).Select(row => (row[0], row[1])), Written());

    [Fact]
    public void Title_and_code_are_those_of_the_heading()
    {
        var heading = Rows().First();

        Assert.Equal($"WORK PROCESS SCHEDULE {Schedule.Current.Title}", heading[0]);
        Assert.Contains($"ONET Code {Schedule.Current.OnetCode}", heading);
    }

    [Theory]
    [InlineData("Apprenticeship Type: ")]
    [InlineData("Minimum Time Requirements: ")]
    [InlineData("Required Certifications: ")]
    public void What_it_says_of_itself_stands_in_its_exact_wording(string label)
    {
        var said = label switch
        {
            "Apprenticeship Type: " => Schedule.Current.ApprenticeshipType,
            "Minimum Time Requirements: " => Schedule.Current.MinimumTime,
            _ => Schedule.Current.RequiredCertifications,
        };

        Assert.Contains(label + said, Rows().Select(row => row[0]));
    }

    [Fact]
    public void A_line_of_an_optional_function_may_be_core_itself() =>
        Assert.Equal((Requirement.Optional, (Requirement?)Requirement.Core), (Schedule.Current.Functions[4].Requirement, Schedule.Current.Line("5.3")!.Requirement));

    [Fact]
    public void What_the_schedule_leaves_unmarked_stays_unmarked() => Assert.Null(Schedule.Current.Line("3.1")!.Requirement);

    [Fact]
    public void A_line_is_named_by_function_and_place() =>
        Assert.All(Schedule.Current.Functions, function => Assert.Equal(function.Lines.Select((_, place) => $"{function.Number}.{place + 1}"), function.Lines.Select(line => line.Id)));

    [Fact]
    public void A_line_that_is_not_there_is_none() => Assert.Null(Schedule.Current.Line("1.10"));

    private static IEnumerable<(string Wording, string Mark)> Written()
    {
        foreach (var function in Schedule.Current.Functions)
        {
            yield return ($"JOB FUNCTION {function.Number}: {function.Title}", function.Requirement.ToString());
            foreach (var line in function.Lines) yield return (line.Wording, line.Requirement?.ToString() ?? "");
        }
    }

    private static IEnumerable<string[]> Rows() =>
        Encoding.UTF8.GetString(Given).Split('\n').Select(line => line.Split('\t')).Where(row => row[0].Length > 0);

    private static byte[] ReadGiven()
    {
        using var file = typeof(ScheduleTests).Assembly.GetManifestResourceStream("work-process-schedule.txt")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
