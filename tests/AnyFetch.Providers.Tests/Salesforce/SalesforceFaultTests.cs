using AnyFetch.Emulators;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Salesforce;

/// <summary>What Salesforce may do to a run, and what the platform holds afterwards.</summary>
public sealed class SalesforceFaultTests : SalesforceFaultSuite
{
    [Fact]
    public async Task Acceptance_5_An_expired_session_is_refreshed_once_for_parallel_tasks()
    {
        await using var scene = await SalesforceScene.StartAsync(source: options => options.Objects.Add("File"));
        for (var i = 0; i < 8; i++)
        {
            scene.Source.Records.AddFile($"file {i}", "txt", "content"u8.ToArray());
        }

        var downloads = 0;
        scene.Source.Intercept = call =>
        {
            if (call.Path.EndsWith("/VersionData", StringComparison.Ordinal) && Interlocked.Increment(ref downloads) == 2)
            {
                scene.Source.Grants.ExpireAccess();
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);
        Assert.Equal(8, scene.Platform.Files.Count);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task Used_up_calls_pause_the_account_for_an_hour()
    {
        var time = new ManualTimeProvider();
        await using var scene = await SalesforceScene.StartAsync(options => options.IntervalMinutes = 0, time: time);
        scene.AddContact("Ann");
        Fail(scene, SourceStep.Listing, 1, new Fault(403)
        {
            Body = """[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]""",
        });
        await scene.Host.UpdateAsync(scene.Token);
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync(scene.Token)).PausedUntil is not null);
        var until = DateTimeOffset.FromUnixTimeMilliseconds((await scene.Host.AccountAsync(scene.Token)).PausedUntil!.Value);
        Assert.Equal(TimeSpan.FromHours(1), until - time.GetUtcNow());
        await Eventually.TrueAsync(() => time.IsAwaited(TimeSpan.FromHours(1)), what: "the run waits");
        time.Advance(TimeSpan.FromMinutes(59.99));
        Assert.Empty(scene.Platform.Documents);
        await time.PassUntilAsync(TimeSpan.FromSeconds(1), () => scene.Platform.Documents.Count == 1, "it is sent");
        Assert.True(time.GetUtcNow() >= until);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cursor_that_is_older_than_the_told_deletions_leads_to_a_full_run_that_prunes(bool isPurged)
    {
        var time = new ManualTimeProvider();
        await using var scene = await SalesforceScene.StartAsync(options => options.IntervalMinutes = 0, time: time);
        var gone = scene.AddContact("Gone");
        scene.AddContact("Kept");
        await scene.RunAsync();
        scene.Source.Records.Delete(gone.Id);
        time.Advance(isPurged ? TimeSpan.FromDays(1) : TimeSpan.FromDays(16));
        scene.Source.EarliestDeletion = isPurged ? time.GetUtcNow().AddMinutes(-1) : null;
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Single(scene.Stored());
    }

    protected override void Configure(SalesforceProviderOptions options) => options.PageItemsMax = 2;

    protected override bool Is(SourceStep step, EmulatedCall call) => step switch
    {
        SourceStep.Listing => call.Query.Contains("ORDER", StringComparison.Ordinal)
            && !call.Query.Contains("WHERE", StringComparison.Ordinal),
        SourceStep.NextPage => call.Path.EndsWith("/query", StringComparison.Ordinal)
            && call.Query.Contains("Id%20%3E", StringComparison.Ordinal),
        _ => call.Path.EndsWith("/VersionData", StringComparison.Ordinal),
    };
}
