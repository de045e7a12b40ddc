using AnyFetch.Core.AccessTokens;

namespace AnyFetch.Core.Tests.AccessTokens;

public sealed class ScopeNamesTests
{
    [Fact]
    public void There_are_18_names_and_each_reads_back_as_its_scope()
    {
        var names = ScopeNames.ToNames(Scopes.All);
        Assert.Equal(18, names.Count);
        Assert.Equal("read_documents", names[0]);
        Assert.Contains("delete_document_types", names);
        Assert.All(names, name =>
        {
            Assert.True(ScopeNames.TryParse(name, out var scope));
            Assert.Equal(name, ScopeNames.ToName(scope));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("documents")]
    [InlineData("Read_Documents")]
    [InlineData("all")]
    public void Other_names_are_no_scopes(string name) => Assert.False(ScopeNames.TryParse(name, out _));
}
