using AnyFetch.Certification;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Providers.Tests.Certification;

/// <summary>The provider in another language passes, the crash of its process included.</summary>
public sealed class SampleTests
{
    private const string Items =
        """
        {"items": [
            {"id": "one", "title": "One", "content_text": "first", "date_published": "2026-01-01T00:00:00Z"},
            {"id": "a/b c?", "title": "Two", "content_text": "second"},
            {"id": 3, "title": "Three", "url": "http://feed.test/3"}]}
        """;

    [Fact]
    public async Task The_provider_in_another_language_passes()
    {
        using var state = new TempDirectory();
        await using var feed = await FeedAsync();
        var (provider, platform) = (FreePort.TakeAddress(), FreePort.TakeAddress());
        var sample = RepositoryRoot.At("samples/feed-provider/provider.py");

        var results = await Certifier.RunAsync(
            new CertificationOptions(new Uri(provider))
            {
                ListenUrl = platform,
                Fields = new Dictionary<string, string> { ["url"] = feed.Urls.First() + "/feed.json" },
                Command = $"env STATE={state.File("state.db")} PROVIDER_URL={provider} MANAGER_URL={platform} API_URL={platform}"
                    + $" ANYFETCH_API_ID=0123456789abcdef01234567 ANYFETCH_API_SECRET=secret python3 '{sample}'",
            },
            CancellationToken.None).ToListAsync();

        Assert.Equal(Certifier.Names, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(result.Outcome == CheckOutcome.Passed, $"{result.Name}: {result.Detail}"));
    }

    private static async Task<WebApplication> FeedAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/feed.json", () => Results.Text(Items, "application/feed+json"));
        await app.StartAsync();
        return app;
    }
}
