using System.Xml.Linq;

namespace AnyFetch.Repository.Tests;

/// <summary>The dependency column of docs/architecture.md: what each part may depend on.</summary>
public sealed class DependencyTests
{
    private static readonly string[] s_parts =
    [
        "AnyFetch.Core", "AnyFetch.Storage", "AnyFetch.Search", "AnyFetch.Hydration", "AnyFetch.Api",
        "AnyFetch.Manager", "AnyFetch.Server", "AnyFetch.Client", "AnyFetch.Provider", "AnyFetch.Hydrater",
        "AnyFetch.Sqlite", "AnyFetch.Calendars", "AnyFetch.Filters", "AnyFetch.Mime", "AnyFetch.Providers", "AnyFetch.Hydraters", "AnyFetch.Cli",
    ];

    /// <summary>Every project of the product, and the projects of ours that it may name. Nothing else is allowed.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["src/AnyFetch.Core"] = [],
        ["src/AnyFetch.Storage"] = ["AnyFetch.Core", "AnyFetch.Sqlite"],
        ["src/AnyFetch.Search"] = ["AnyFetch.Core"],
        ["src/AnyFetch.Hydration"] = ["AnyFetch.Core", "AnyFetch.Filters"],
        ["src/AnyFetch.Api"] = ["AnyFetch.Core"],
        ["src/AnyFetch.Manager"] = ["AnyFetch.Core"],
        ["src/AnyFetch.Server"] =
        [
            "AnyFetch.Core", "AnyFetch.Storage", "AnyFetch.Search", "AnyFetch.Hydration", "AnyFetch.Api",
            "AnyFetch.Manager", "AnyFetch.Client", "AnyFetch.Provider", "AnyFetch.Hydrater", "AnyFetch.Sqlite",
            "AnyFetch.Providers", "AnyFetch.Hydraters",
        ],
        ["sdk/AnyFetch.Calendars"] = [],
        ["sdk/AnyFetch.Client"] = [],
        ["sdk/AnyFetch.Provider"] = ["AnyFetch.Client", "AnyFetch.Sqlite"],
        ["sdk/AnyFetch.Hydrater"] = ["AnyFetch.Client", "AnyFetch.Filters"],
        ["sdk/AnyFetch.Filters"] = [],
        ["sdk/AnyFetch.Sqlite"] = [],
        ["sdk/AnyFetch.Mime"] = [],
        ["providers"] = ["AnyFetch.Provider", "AnyFetch.Mime"],
        ["hydraters"] = ["AnyFetch.Hydrater", "AnyFetch.Mime", "AnyFetch.Calendars"],
        ["cli/AnyFetch.Cli"] = ["AnyFetch.Client", "AnyFetch.Server", "AnyFetch.Providers", "AnyFetch.Certification"],
        ["samples/JsonFeedProvider"] = ["AnyFetch.Provider"],
    };

    public static TheoryData<string> Projects => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_only_what_its_part_may_depend_on(string folder)
    {
        var project = RepositoryRoot.Files.Single(f => f.EndsWith(".csproj", StringComparison.Ordinal)
            && Path.GetDirectoryName(f) == folder);
        var named = XDocument.Parse(RepositoryRoot.Read(project)).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(named.Except(s_allowed[folder]));
    }

    /// <summary>References that come along with others do not count unless the code uses them: then they are here.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void An_assembly_uses_only_what_its_part_may_depend_on(string folder)
    {
        var name = folder switch
        {
            "providers" => "AnyFetch.Providers",
            "hydraters" => "AnyFetch.Hydraters",
            "cli/AnyFetch.Cli" => "anyfetch",
            _ => Path.GetFileName(folder),
        };
        var used = System.Reflection.Assembly.Load(name).GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(a => s_parts.Contains(a));

        Assert.Empty(used.Except(WithPassedOn(s_allowed[folder])));
    }

    [Fact]
    public void Every_project_of_the_product_stands_in_the_table()
    {
        var projects = RepositoryRoot.Files
            .Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!)
            .Where(f => !f.StartsWith("tests", StringComparison.Ordinal) && !f.StartsWith("benchmarks", StringComparison.Ordinal)
                && !f.StartsWith("sdk/AnyFetch.Templates", StringComparison.Ordinal));

        Assert.Equal(s_allowed.Keys.Order(), projects.Order());
    }

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = RepositoryRoot.Read("AnyFetch.slnx");
        var projects = RepositoryRoot.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal)
            && !f.Contains("/templates/", StringComparison.Ordinal));

        Assert.All(projects, p => Assert.Contains($"\"{p}\"", solution, StringComparison.Ordinal));
    }

    /// <summary>A provider may use the client library that its own library is made on: it is part of its surface.</summary>
    private static IEnumerable<string> WithPassedOn(string[] allowed) =>
        allowed.Contains("AnyFetch.Provider") || allowed.Contains("AnyFetch.Hydrater")
            ? [.. allowed, "AnyFetch.Client"]
            : allowed;
}
