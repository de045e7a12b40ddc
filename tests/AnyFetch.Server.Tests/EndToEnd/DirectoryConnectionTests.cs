using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Directories;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

public sealed class DirectoryConnectionTests
{
    private const string AllowedRoot = "Providers:LocalDirectory:AllowedRoots:0";

    [Fact]
    public async Task A_directory_outside_the_allowed_ones_cannot_be_connected()
    {
        using var allowed = new TempDirectory();
        using var other = new TempDirectory();
        await using var server = await TestServer.StartAsync((AllowedRoot, allowed.Path));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DirectoryConnection.EnsureAsync(server.App, other.Path, default));

        Assert.Contains("outside the directories that are allowed", refusal.Message, StringComparison.Ordinal);
        var tokens = await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default);
        Assert.DoesNotContain(tokens, t => t.Client is not null);
    }

    [Fact]
    public async Task A_directory_is_connected_once_however_often_it_is_asked_for()
    {
        using var allowed = new TempDirectory();
        await using var server = await TestServer.StartAsync((AllowedRoot, allowed.Path));

        using var first = await DirectoryConnection.EnsureAsync(server.App, allowed.Path, default);
        using var second = await DirectoryConnection.EnsureAsync(server.App, allowed.Path, default);

        Assert.True(first.IsNew);
        Assert.False(second.IsNew);
        var tokens = await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default);
        Assert.Equal(allowed.Path, Assert.Single(tokens, t => t.Client is not null).AccountName);
    }

    [Fact]
    public async Task A_directory_that_was_made_searchable_once_stays_allowed_on_the_same_data()
    {
        using var data = new TempDirectory();
        using var directory = new TempDirectory();
        AllowedDirectories.Add(data.Path, directory.Path);
        AllowedDirectories.Add(data.Path, directory.Path);
        await using var server = await TestServer.StartAsync(("Data", data.Path));

        using var connection = await DirectoryConnection.EnsureAsync(server.App, directory.Path, default);

        Assert.Equal([directory.Path], AllowedDirectories.Read(data.Path));
    }

    [Fact]
    public void A_list_of_directories_that_is_none_is_refused_and_kept()
    {
        using var data = new TempDirectory();
        File.WriteAllText(AllowedDirectories.PathIn(data.Path), "[1, ");

        var refusal = Assert.Throws<InvalidOperationException>(() => AllowedDirectories.Add(data.Path, "/srv"));

        Assert.Contains(AllowedDirectories.PathIn(data.Path), refusal.Message, StringComparison.Ordinal);
        Assert.Equal("[1, ", File.ReadAllText(AllowedDirectories.PathIn(data.Path)));
    }
}
