using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sandbox.Server;
using Sandbox.Server.People;
using Sandbox.Storage.People;
using Sandbox.Tests.Dashboard;

namespace Sandbox.Tests.People;

/// <summary>One admin who can sign in always stays, whoever decides.</summary>
public sealed class RosterChangesTests : PagesTest
{
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task The_last_admin_who_can_sign_in_is_neither_locked_nor_demoted(bool byLock)
    {
        var last = await SeedAsync(lab => lab.PersonAsync("ada", "Ada Admin", Roles.Admin));

        var fault = await Assert.ThrowsAsync<SetupException>(() => ChangeAsync(x => byLock
            ? x.LockAsync(last.Id, Mentor.Id, TestContext.Current.CancellationToken)
            : x.ChangeRoleAsync(last.Id, Mentor.Id, Roles.Mentor, TestContext.Current.CancellationToken)));

        Assert.Contains("last admin", fault.Message, StringComparison.Ordinal);
        Assert.Null((await Server.InStoreAsync(db => db.Users.SingleAsync(p => p.Id == last.Id))).LockoutEnd);
    }

    [Fact]
    public async Task A_locked_admin_does_not_count_as_another_one()
    {
        var one = await SeedAsync(lab => lab.PersonAsync("ada", "Ada Admin", Roles.Admin));
        var other = await SeedAsync(lab => lab.PersonAsync("bo", "Bo Admin", Roles.Admin));
        await ChangeAsync(x => x.LockAsync(other.Id, one.Id, TestContext.Current.CancellationToken));

        await Assert.ThrowsAsync<SetupException>(() => ChangeAsync(x => x.LockAsync(one.Id, other.Id, TestContext.Current.CancellationToken)));
    }

    private async Task ChangeAsync(Func<RosterChanges, Task> change)
    {
        await using var scope = Server.App.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<RosterChanges>());
    }
}
