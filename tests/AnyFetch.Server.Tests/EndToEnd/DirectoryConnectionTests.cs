using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Directories;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

public sealed class DirectoryConnectionTests
{
    [Fact]
    public async Task A_directory_outside_the_allowed_ones_cannot_be_connected()
    {
        using var allowed = new TempDirectory();
        using var other = new TempDirectory();
        var root = DirectoryConnection.Allow(allowed.Path);
        await using var server = await TestServer.StartAsync((root.Key, root.Value!));

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
        var root = DirectoryConnection.Allow(allowed.Path);
        await using var server = await TestServer.StartAsync((root.Key, root.Value!));

        using var first = await DirectoryConnection.EnsureAsync(server.App, allowed.Path, default);
        using var second = await DirectoryConnection.EnsureAsync(server.App, allowed.Path, default);

        Assert.True(first.IsNew);
        Assert.False(second.IsNew);
        var tokens = await server.Get<IAccessTokenStore>().ListAsync(server.AdminUser.Id, default);
        Assert.Equal(allowed.Path, Assert.Single(tokens, t => t.Client is not null).AccountName);
    }
}
