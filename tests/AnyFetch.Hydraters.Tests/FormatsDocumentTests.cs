using System.Text.RegularExpressions;
using AnyFetch.Hydrater.Sniffing;
using AnyFetch.Hydraters.Image;
using AnyFetch.Hydraters.Office;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests;

/// <summary>docs/formats.md says what the code knows.</summary>
public sealed partial class FormatsDocumentTests
{
    [Fact]
    public void Every_extension_that_the_code_knows_stands_in_the_table()
    {
        string[] known = [.. KnownExtensions.Types.Keys, .. OfficeFormat.Extensions, .. ImageFormats.Extensions];
        Assert.Empty(known.Except(Documented().Append("jpeg")).Order());
    }

    [Fact]
    public void Every_row_says_how_a_format_is_detected_and_what_becomes_of_it() =>
        Assert.All(Rows(), row => Assert.Equal(7, row.Split('|').Length));

    /// <summary>The words of the first column: extensions among them.</summary>
    private static HashSet<string> Documented() =>
        [.. Rows().SelectMany(row => Word().Matches(row.Split('|')[1]).Select(match => match.Value))];

    private static List<string> Rows() =>
        [.. RepositoryRoot.Read("docs/formats.md").Split('\n')
            .Where(line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))];

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex Word();
}
