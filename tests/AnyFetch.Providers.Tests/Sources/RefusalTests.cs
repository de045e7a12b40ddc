using System.Net;
using AnyFetch.Providers.Box;

namespace AnyFetch.Providers.Tests.Sources;

/// <summary>What is read of a source's refusals.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"code":"item_trashed"}""", 0, "item_trashed")]
    [InlineData("""{"code":"item_trashed"}""", 70_000, null)]
    [InlineData("<html>", 0, null)]
    [InlineData("", 0, null)]
    public async Task A_reason_that_cannot_be_read_is_none_and_the_refusal_stands(string body, int spaces, string? code)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.NotFound)
        {
            Content = new StringContent(body + new string(' ', spaces)),
        };
        var refusal = await SourceHttp.ReadRefusalAsync(response, BoxJson.Default.BoxRefusal, default);
        Assert.Equal(code, refusal?.Code);
    }
}
