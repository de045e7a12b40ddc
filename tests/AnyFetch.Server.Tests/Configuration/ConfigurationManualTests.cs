using System.Text.RegularExpressions;
using AnyFetch.Server.Configuration;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Configuration;

/// <summary>docs/configuration.md and the options say the same.</summary>
public sealed partial class ConfigurationManualTests
{
    private static readonly string s_manual = RepositoryRoot.Read("docs/configuration.md");

    [Fact]
    public void Every_key_stands_in_the_manual_with_its_default()
    {
        foreach (var section in OptionSections.All)
        {
            foreach (var key in section.Keys)
            {
                Assert.Contains($"| `{key.Path}` |", s_manual, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_manual_names_no_key_that_does_not_exist()
    {
        var keys = OptionSections.All.SelectMany(s => s.Keys).Select(k => k.Path).ToHashSet();
        var named = Row().Matches(s_manual).Select(m => m.Groups[1].Value);

        Assert.Empty(named.Except(keys));
    }

    [GeneratedRegex(@"^\| `([A-Za-z:]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
