using AnyFetch.Api.Errors;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Api;

public sealed class ErrorManualTests
{
    /// <summary>
    /// To write the manual anew after a change of the catalogue: <c>ANYFETCH_WRITE_DOCS=1 dotnet test</c>.
    /// </summary>
    [Fact]
    public void The_errors_manual_says_what_the_catalogue_says()
    {
        var path = RepositoryRoot.At("docs/errors.md");
        if (Environment.GetEnvironmentVariable("ANYFETCH_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, ErrorManual.Write());
        }

        Assert.Equal(ErrorManual.Write(), File.ReadAllText(path));
    }
}
