using System.Diagnostics;
using AnyFetch.Testing;

namespace AnyFetch.Hydraters.Tests;

/// <summary>The template for <c>dotnet new</c>, used as an outsider would: packed, installed, made into a project, tested.</summary>
public sealed class TemplateTests : IDisposable
{
    private static readonly string[] Packages = ["AnyFetch.Client", "AnyFetch.Filters", "AnyFetch.Hydrater", "AnyFetch.Templates"];

    private readonly TempDirectory _temp = new();

    [Fact]
    public async Task A_hydrater_made_from_the_template_builds_against_the_packages_and_passes_its_tests()
    {
        var root = RepositoryRoot.Path;
        foreach (var package in Packages)
        {
            await DotnetAsync(root, "pack", $"sdk/{package}/{package}.csproj", "-c", Configuration(), "-o", _temp.File("feed"));
        }

        var template = Directory.GetFiles(_temp.File("feed"), "AnyFetch.Templates.*.nupkg").Single();
        await DotnetAsync(_temp.Path, "new", "install", template, "--debug:custom-hive", _temp.File("hive"));
        await DotnetAsync(
            _temp.Path, "new", "anyfetch-hydrater", "-n", "Acme.Words", "--shortName", "acme-words", "--debug:custom-hive", _temp.File("hive"));
        var project = _temp.File("Acme.Words");
        Assert.Contains("\"acme-words\"", await File.ReadAllTextAsync(project + "/src/Acme.Words/WordCounter.cs"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(project + "/nuget.config", Sources());
        var output = await DotnetAsync(project, "test", "Acme.Words.slnx", "-nodeReuse:false");
        Assert.Contains("Passed:     2", output, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Our packages from where they were packed, all others from what the build of this repository fetched: no network.</summary>
    private string Sources()
    {
        var fetched = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="ours" value="{_temp.File("feed")}" />
                <add key="fetched" value="{fetched}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="ours"><package pattern="AnyFetch.*" /></packageSource>
                <packageSource key="fetched"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """;
    }

    private async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (folder != RepositoryRoot.Path)
        {
            // Packages of the same version from another day must not be taken for today's.
            start.Environment["NUGET_PACKAGES"] = _temp.File("packages");
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{await error}");
        return output;
    }

    /// <summary>The configuration that these tests were built in, so that nothing is built twice.</summary>
    private static string Configuration() => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
}
