using AnyFetch.Api.Errors;

namespace AnyFetch.Server.Tests.Api;

public sealed class ErrorManualTests
{
    /// <summary>
    /// To write the manual anew after a change of the catalogue: <c>ANYFETCH_WRITE_DOCS=1 dotnet test</c>.
    /// </summary>
    [Fact]
    public void The_errors_manual_says_what_the_catalogue_says()
    {
        var path = Path.Combine(RepositoryRoot(), "docs", "errors.md");
        if (Environment.GetEnvironmentVariable("ANYFETCH_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, ErrorManual.Write());
        }

        Assert.Equal(ErrorManual.Write(), File.ReadAllText(path));
    }

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "AnyFetch.slnx")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
