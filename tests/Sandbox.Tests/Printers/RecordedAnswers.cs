using Sandbox.Agent.Printing;
using Sandbox.Agent.Printing.Ipp;
using Sandbox.Protocol;

namespace Sandbox.Tests.Printers;

/// <summary>Answers of cupsd 2.4.2 of Debian 12, recorded on 26 Nov 2026: a queue into a file, one to a printer that does not exist, a class, and seven jobs.</summary>
public sealed class RecordedAnswers
{
    private const string Queues = """
        AgAAAAAAAAEBRwASYXR0cmlidXRlcy1jaGFyc2V0AAV1dGYtOEgAG2F0dHJpYnV0ZXMtbmF0dXJhbC1sYW5ndWFnZQACZW4EIQAacHJpbnRlci1jb25maWctY2hhbmdlLXRpbWUABGsH5pMiABlwcmludGVyLWlz
        LWFjY2VwdGluZy1qb2JzAAEAIgARcHJpbnRlci1pcy1zaGFyZWQAAQEiABRwcmludGVyLWlzLXRlbXBvcmFyeQABACMADXByaW50ZXItc3RhdGUABAAAAAVEABVwcmludGVyLXN0YXRlLXJlYXNvbnMABnBhdXNl
        ZCMADHByaW50ZXItdHlwZQAEAAgABUIADHByaW50ZXItbmFtZQAFZmxvb3JBABBwcmludGVyLWxvY2F0aW9uAABBAAxwcmludGVyLWluZm8ABWZsb29yRQAMcHJpbnRlci11dWlkAC11cm46dXVpZDpmYzY0OTEw
        ZS1iNjMyLTMxZmQtN2QwMS0yYzdiZWExM2YzOTZBABZwcmludGVyLW1ha2UtYW5kLW1vZGVsABNMb2NhbCBQcmludGVyIENsYXNzRQAKZGV2aWNlLXVyaQAQZmlsZTovLy9kZXYvbnVsbAQhABpwcmludGVyLWNv
        bmZpZy1jaGFuZ2UtdGltZQAEawfj8iIAGXByaW50ZXItaXMtYWNjZXB0aW5nLWpvYnMAAQEiABFwcmludGVyLWlzLXNoYXJlZAABASIAFHByaW50ZXItaXMtdGVtcG9yYXJ5AAEAIwANcHJpbnRlci1zdGF0ZQAE
        AAAAA0QAFXByaW50ZXItc3RhdGUtcmVhc29ucwAEbm9uZSMADHByaW50ZXItdHlwZQAEAAIABEIADHByaW50ZXItbmFtZQADbGFiQQAQcHJpbnRlci1sb2NhdGlvbgAHUm9vbSAjNEEADHByaW50ZXItaW5mbwAD
        TGFiRQAMcHJpbnRlci11dWlkAC11cm46dXVpZDoyZDZlZWQ4OS1mOTMwLTM0NzktNjRiZi00OTAzMTNlNDc2ODRFAApkZXZpY2UtdXJpABlmaWxlOi8vL3RtcC9jdXBzeC9wcmludGVkQQAWcHJpbnRlci1tYWtl
        LWFuZC1tb2RlbAARTG9jYWwgUmF3IFByaW50ZXIEIQAacHJpbnRlci1jb25maWctY2hhbmdlLXRpbWUABGsH4/MiABlwcmludGVyLWlzLWFjY2VwdGluZy1qb2JzAAEAIgARcHJpbnRlci1pcy1zaGFyZWQAAQEi
        ABRwcmludGVyLWlzLXRlbXBvcmFyeQABACMADXByaW50ZXItc3RhdGUABAAAAAVEABVwcmludGVyLXN0YXRlLXJlYXNvbnMABnBhdXNlZCMADHByaW50ZXItdHlwZQAEAAgABEIADHByaW50ZXItbmFtZQAFb3Ro
        ZXJBABBwcmludGVyLWxvY2F0aW9uAABBAAxwcmludGVyLWluZm8ABW90aGVyRQAMcHJpbnRlci11dWlkAC11cm46dXVpZDoyNzdkZTg3MC01MTg5LTM5ODQtNTgyZC1iYzQ4YWJjZmE0YTlFAApkZXZpY2UtdXJp
        ABtpcHA6Ly9wcmludGVyLmludmFsaWQvbGFzZXJBABZwcmludGVyLW1ha2UtYW5kLW1vZGVsABFMb2NhbCBSYXcgUHJpbnRlcgM=
        """;

    private const string Jobs = """
        AgAAAAAAAAEBRwASYXR0cmlidXRlcy1jaGFyc2V0AAV1dGYtOEgAG2F0dHJpYnV0ZXMtbmF0dXJhbC1sYW5ndWFnZQACZW4CQgAZam9iLW9yaWdpbmF0aW5nLXVzZXItbmFtZQAGbm9ib2R5IQARdGltZS1hdC1j
        b21wbGV0ZWQABGsH5pQhAAZqb2ItaWQABAAAAAcjAAlqb2Itc3RhdGUABAAAAAkhABlqb2ItaW1wcmVzc2lvbnMtY29tcGxldGVkAAQAAAAAAkIAGWpvYi1vcmlnaW5hdGluZy11c2VyLW5hbWUABHJvb3QhABF0
        aW1lLWF0LWNvbXBsZXRlZAAEawfkGSEABmpvYi1pZAAEAAAABiMACWpvYi1zdGF0ZQAEAAAACSEAGWpvYi1pbXByZXNzaW9ucy1jb21wbGV0ZWQABAAAAAACQgAZam9iLW9yaWdpbmF0aW5nLXVzZXItbmFtZQAE
        cm9vdCEAEXRpbWUtYXQtY29tcGxldGVkAARrB+QWIQAGam9iLWlkAAQAAAAFIwAJam9iLXN0YXRlAAQAAAAJIQAZam9iLWltcHJlc3Npb25zLWNvbXBsZXRlZAAEAAAAAAJCABlqb2Itb3JpZ2luYXRpbmctdXNl
        ci1uYW1lAARyb290IQARdGltZS1hdC1jb21wbGV0ZWQABGsH4/MhAAZqb2ItaWQABAAAAAEjAAlqb2Itc3RhdGUABAAAAAkhABlqb2ItaW1wcmVzc2lvbnMtY29tcGxldGVkAAQAAAAAAkIAGWpvYi1vcmlnaW5h
        dGluZy11c2VyLW5hbWUABHJvb3QhABF0aW1lLWF0LWNvbXBsZXRlZAAEawfj8yEABmpvYi1pZAAEAAAAAiMACWpvYi1zdGF0ZQAEAAAACSEAGWpvYi1pbXByZXNzaW9ucy1jb21wbGV0ZWQABAAAAAACQgAZam9i
        LW9yaWdpbmF0aW5nLXVzZXItbmFtZQAEcm9vdCEAEXRpbWUtYXQtY29tcGxldGVkAARrB+PzIQAGam9iLWlkAAQAAAADIwAJam9iLXN0YXRlAAQAAAAJIQAZam9iLWltcHJlc3Npb25zLWNvbXBsZXRlZAAEAAAA
        AAJCABlqb2Itb3JpZ2luYXRpbmctdXNlci1uYW1lAAZub2JvZHkhABF0aW1lLWF0LWNvbXBsZXRlZAAEawfj8yEABmpvYi1pZAAEAAAABCMACWpvYi1zdGF0ZQAEAAAACSEAGWpvYi1pbXByZXNzaW9ucy1jb21w
        bGV0ZWQABAAAAAAD
        """;

    [Fact]
    public void Queues_and_the_default_are_those_that_were_there()
    {
        var groups = Groups(Queues, IppGroup.Printer);

        Assert.Equal(
            [("floor", true, "", false, "paused", "Local Printer Class"), ("lab", false, "file:///tmp/cupsx/printed", true, "", "Local Raw Printer"), ("other", false, "ipp://printer.invalid/laser", false, "paused", "Local Raw Printer")],
            groups.Select(group => (CupsQueues.Of(group)!, CupsQueues.IsDefault(group))).Select(one => (one.Item1.Name, one.Item1.IsClass, one.Item1.Device, one.Item2, string.Join(' ', one.Item1.StateReasons), one.Item1.MakeAndModel)));
    }

    [Fact]
    public void A_queue_has_all_that_CUPS_said_of_it() => Assert.Equal(
        new PrintQueue
        {
            Name = "lab", Device = "file:///tmp/cupsx/printed", Uuid = "urn:uuid:2d6eed89-f930-3479-64bf-490313e47684", MakeAndModel = "Local Raw Printer", State = PrintQueue.Types.State.Idle, Accepting = true, Shared = true,
            Location = "Room #4", Info = "Lab", Automatic = false, IsClass = false, ConfiguredAt = new() { Seconds = 1_795_679_218 },
        },
        CupsQueues.Of(Groups(Queues, IppGroup.Printer)[1]));

    [Fact]
    public void Jobs_come_with_the_newest_first_and_without_a_count_of_sides()
    {
        var jobs = Groups(Jobs, IppGroup.Job).ConvertAll(group => CupsJobs.Of(group, "lab")!);

        Assert.Equal(7, jobs.Count);
        Assert.Equal(("nobody", PrintJob.Types.State.Completed, false), (jobs[0].ClaimedUser, jobs[0].State, jobs[0].HasImpressions));
        Assert.Equal(7u, jobs[0].Id);
        Assert.Equal(jobs.Select(job => job.CompletedAt.Seconds).OrderDescending(), jobs.Select(job => job.CompletedAt.Seconds));
    }

    private static List<IppGroup> Groups(string recorded, byte tag) => [.. IppMessage.Parse(Convert.FromBase64String(recorded))!.Groups.Where(group => group.Tag == tag)];
}
