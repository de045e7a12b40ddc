namespace AnyFetch.Repository.Tests;

/// <summary>Every provider and every hydrater is a folder of the same shape, and is registered.</summary>
public sealed class ExtensionFolderTests
{
    public static TheoryData<string> Providers => [.. Folders("providers")];

    public static TheoryData<string> Hydraters => [.. Folders("hydraters")];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_folder_holds_the_same_files_as_the_others(string name)
    {
        string[] expected =
        [
            $"{name}Provider.cs", $"{name}Client.cs", $"{name}ProviderOptions.cs", $"{name}ProviderExtensions.cs",
            "README.md", "icon.svg",
        ];

        Assert.All(expected, file => Assert.True(
            RepositoryRoot.Has($"providers/{name}/{file}"), $"providers/{name}/{file} is missing."));
    }

    [Theory]
    [MemberData(nameof(Hydraters))]
    public void A_hydrater_folder_holds_the_same_files_as_the_others(string name)
    {
        string[] expected = [$"{name}Hydrater.cs", "README.md"];

        Assert.All(expected, file => Assert.True(
            RepositoryRoot.Has($"hydraters/{name}/{file}"), $"hydraters/{name}/{file} is missing."));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_has_tests(string name) =>
        Assert.Contains(RepositoryRoot.Files, f => f.StartsWith("tests/", StringComparison.Ordinal)
            && f.Contains($"/{name}", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Hydraters))]
    public void A_hydrater_has_tests(string name) =>
        Assert.Contains(RepositoryRoot.Files, f => f.StartsWith("tests/", StringComparison.Ordinal)
            && f.Contains($"/{name}", StringComparison.Ordinal));

    internal static IEnumerable<string> Folders(string root) => RepositoryRoot.Files
        .Where(f => f.StartsWith(root + "/", StringComparison.Ordinal) && f.Split('/').Length > 2)
        .Select(f => f.Split('/')[1])
        .Distinct()
        .Where(name => RepositoryRoot.Files.Any(f => f.StartsWith($"{root}/{name}/{name}", StringComparison.Ordinal)));
}
