using AnyFetch.Server.Logs;
using FsCheck;
using FsCheck.Fluent;

namespace AnyFetch.Server.Tests.Logs;

public sealed class LogRedactionTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("Request starting GET http://h/documents?oauth_access_token=SECRET&limit=1")]
    [InlineData("GET /?bearer=SECRET")]
    [InlineData("Authorization: Bearer SECRET")]
    [InlineData("authorization: bearer SECRET")]
    [InlineData("Authorization: Basic SECRET")]
    [InlineData("{\"access_token\": \"SECRET\", \"account_name\": \"x\"}")]
    [InlineData("client_secret=SECRET")]
    [InlineData("/init/connect?code=SECRET&return_to=x")]
    [InlineData("/init/connect?anyfetch_token=SECRET")]
    [InlineData("Host=db;Username=u;Password=SECRET;Database=d")]
    public void A_secret_does_not_reach_the_log(string line)
    {
        var redacted = LogRedaction.Redact(line.Replace("SECRET", Secret, StringComparison.Ordinal));

        Assert.DoesNotContain(Secret, redacted, StringComparison.Ordinal);
        Assert.Contains("***", redacted, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET http://h/documents?oauth_access_token=x&limit=1", "limit=1")]
    [InlineData("Host=db;Password=x;Database=d", "Database=d")]
    [InlineData("The status code was 404 for /documents", "The status code was 404 for /documents")]
    [InlineData("Basic tokens are refused here", "Basic tokens are refused here")]
    public void What_stands_around_a_secret_stays(string line, string kept) =>
        Assert.Contains(kept, LogRedaction.Redact(line), StringComparison.Ordinal);

    [Fact]
    public void Any_text_can_be_redacted() =>
        Prop.ForAll<string>(text => LogRedaction.Redact(text ?? "") is not null).QuickCheckThrowOnFailure();
}
