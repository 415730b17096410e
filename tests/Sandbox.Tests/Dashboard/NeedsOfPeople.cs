using Sandbox.Evidence.Crediting;
using Sandbox.Storage.Assignments;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard.Competencies;

namespace Sandbox.Tests.Dashboard;

/// <summary>What the overview says wants a mentor, and what wants an apprentice.</summary>
public sealed class NeedsOfPeople : LinesTest
{
    [Fact]
    public async Task A_mentor_is_told_of_lines_that_wait_with_the_way_to_them()
    {
        await EvidenceAsync(grade: Grade.E2);
        using var mentor = await AsMentorAsync();

        var page = await mentor.ReadAsync("/");

        Assert.Contains("aria-label=\"Decide: 1 line waits for you\"", page, StringComparison.Ordinal);
        Assert.Contains("1.3 of Elif Yilmaz", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/competencies\" aria-label", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Roles.Admin), InlineData(Roles.Auditor), InlineData(Roles.Apprentice)]
    public async Task Who_does_not_sign_is_not_told_that_lines_wait_for_them(string role)
    {
        await EvidenceAsync(grade: Grade.E2);
        using var visitor = await AsRoleAsync(role);

        Assert.DoesNotContain("waits for you", await visitor.ReadAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_apprentice_is_told_of_the_own_open_assignments_also_without_a_device()
    {
        await GivenAsync(Apprentice, "Set up an account");
        await GivenAsync(Apprentice, "Planned", from: 1);
        await GivenAsync(await SeedAsync(lab => lab.PersonAsync("noor", "Noor Haddad", Roles.Apprentice)), "Somebody else's");
        using var apprentice = await AsApprenticeAsync();

        var page = await apprentice.ReadAsync("/");

        Assert.Contains("aria-label=\"Show: 1 assignment is open\"", page, StringComparison.Ordinal);
        Assert.Contains("Set up an account", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else", page, StringComparison.Ordinal);
    }

    private Task<int> GivenAsync(Person person, string title, int from = 0) => Server.InStoreAsync(db =>
    {
        var now = Server.Time.GetUtcNow();
        db.Assignments.Add(new Assignment { Id = Guid.NewGuid(), PersonId = person.Id, Template = "user-account", Line = "1.3", Title = title, Rules = "", From = now.AddDays(from), GivenAt = now, Until = now.AddDays(7) });
        return db.SaveChangesAsync(Ct);
    });
}
