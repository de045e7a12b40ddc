using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.EndToEnd;

public sealed class HelpTests
{
    [Theory]
    [InlineData("send")]
    [InlineData("watch")]
    [InlineData("admin password")]
    public async Task Help_is_given_without_what_the_command_needs(string command)
    {
        await using var child = new CommandChild();
        child.Start([.. command.Split(' '), "--help"]);

        Assert.Equal(0, await child.EndAsync());
        Assert.Contains(child.Log, line => line.Contains("Usage:", StringComparison.Ordinal));
        Assert.DoesNotContain(child.Log, line => line.StartsWith("anyfetch:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_named_and_where_help_is()
    {
        await using var child = new CommandChild();
        child.Start(["admin", "password"]);

        Assert.Equal(2, await child.EndAsync());
        Assert.Contains("Try 'anyfetch admin password --help'.", child.Log);
    }
}
