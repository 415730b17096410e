using System.Text.RegularExpressions;
using Sandbox.Protocol;
using Sandbox.Server.Dashboard.Facts;

namespace Sandbox.Tests.Dashboard;

/// <summary>Malware scanners on a device's page.</summary>
public sealed class AntivirusSheet : PagesTest
{
    private static readonly DateTimeOffset Built = new(2025, 10, 20, 22, 40, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_scanner_is_a_row_with_its_definitions_and_who_renews_them()
    {
        var page = await PageAsync(SampleFacts.Antivirus(Built));

        var row = Regex.Match(page, "data-fact-row=\"antivirus.products\\[ClamAV\\]\".*?</tr>", RegexOptions.Singleline).Value;
        Assert.All((string[])["1.4.6", "yes (VALID PRIMARY)", "27999", "2025-10-20", "8,708,643", "freshclam runs", "2 exclusions"], text => Assert.Contains(text, row, StringComparison.Ordinal));
        Assert.DoesNotContain("not known", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_comes_first()
    {
        var page = await PageAsync(SampleFacts.Antivirus(Built, product => product.Problems.Add("clamd does not run.")));

        Assert.InRange(page.IndexOf("clamd does not run.", StringComparison.Ordinal), 1, page.IndexOf("How they fare", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_scanner_is_said_in_words()
    {
        var page = await PageAsync(new Fact { Antivirus = new Protocol.Antivirus() });

        Assert.Matches("<dd data-fact=\"antivirus.products\"><span class=\"absent\">none of those that the agent knows is installed</span></dd>", page);
    }

    [Fact]
    public async Task None_seen_is_not_none()
    {
        var page = await PageAsync(new Fact { Antivirus = new Protocol.Antivirus { Unseen = { new Unseen { What = "/opt", Why = "permission denied" } } } });

        Assert.Contains("none was seen, but not everything could be looked at", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_scanner_does_not_say_is_not_known_and_never_no()
    {
        var row = AntivirusTables.Of(new Protocol.Antivirus { Products = { new AntivirusProduct { Name = "X" } } }).Single().Rows.Single();

        Assert.Equal(["X", null, null, null, null, null, null, null, null], row.Cells);
    }

    [Theory]
    [InlineData("27000", "27999", "27000, on the disk 27999"), InlineData("27999", "27999", "27999"), InlineData(null, "27999", "none loaded, on the disk 27999"), InlineData(null, null, "none with a version")]
    public void Loaded_definitions_and_those_on_the_disk_are_told_apart(string? loaded, string? disk, string expected)
    {
        var product = new AntivirusProduct { Name = "ClamAV", Signatures = 1 };
        if (loaded is not null) product.DefinitionsLoaded = loaded;
        if (disk is not null) product.DefinitionsOnDisk = disk;

        Assert.Equal(expected, AntivirusTables.Of(new Protocol.Antivirus { Products = { product } })[0].Rows[0].Cells[4]);
    }

    [Fact]
    public void Databases_fold_away_and_say_whether_anybody_signed_them()
    {
        var fact = SampleFacts.Antivirus(Built, product => product.Databases.Add(new SignatureDatabase { File = "own.ndb", Signatures = 2 })).Antivirus;

        var table = AntivirusTables.Of(fact)[^1];

        Assert.True(table.Folded);
        Assert.Equal(["own.ndb", "none", "does not say", "2", "by nobody"], table.Rows[1].Cells);
    }

    private async Task<string> PageAsync(Fact fact)
    {
        var device = await DeviceAsync("lab-b0007", Mentor);
        await FactsAsync(device, fact);
        using var mentor = await AsMentorAsync();
        return await mentor.ReadAsync($"/devices/{device.Id}");
    }
}
