using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Box;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Emulators.Evernote;
using AnyFetch.Emulators.Google;
using AnyFetch.Emulators.Salesforce;
using AnyFetch.Provider;
using AnyFetch.Providers.Box;
using AnyFetch.Providers.Dropbox;
using AnyFetch.Providers.Evernote;
using AnyFetch.Providers.Gmail;
using AnyFetch.Providers.GoogleDrive;
using AnyFetch.Providers.LocalDirectory;
using AnyFetch.Providers.Salesforce;
using AnyFetch.Providers.Tests.Box;
using AnyFetch.Providers.Tests.Dropbox;
using AnyFetch.Providers.Tests.Evernote;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Providers.Tests.Gmail;
using AnyFetch.Providers.Tests.GoogleDrive;
using AnyFetch.Providers.Tests.Salesforce;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Providers.Tests.Certification;

/// <summary>Our own providers pass the certification kit, and the kit notices those who do not.</summary>
public sealed class CertificationTests
{
    [Fact]
    public async Task The_local_directory_passes()
    {
        using var files = Directory(3);
        await AllPassAsync(await RunAsync<LocalDirectoryProvider>(
            services => services.Configure<LocalDirectoryProviderOptions>(options =>
            {
                options.AllowedRoots.Add(files.Path);
                options.Watch = false;
                options.GrowthMilliseconds = 0;
            }),
            new() { ["path"] = files.Path }));
    }

    [Fact]
    public Task Dropbox_passes() =>
        PassesAsync<DropboxScene, DropboxEmulator, DropboxProvider, DropboxProviderOptions>(source =>
        {
            source.Files.Put("/a.txt", "a");
            source.Files.Put("/b/c.txt", "c");
        });

    [Fact]
    public Task Gmail_passes() =>
        PassesAsync<GmailScene, GmailEmulator, GmailProvider, GmailProviderOptions>(source =>
        {
            source.Box.Deliver(GmailScene.Letter("one", GmailScene.File("a.txt", "a")));
            source.Box.Deliver(GmailScene.Letter("two"));
        });

    [Fact]
    public Task Google_Drive_passes() =>
        PassesAsync<GoogleDriveScene, DriveEmulator, GoogleDriveProvider, GoogleDriveProviderOptions>(source =>
        {
            source.Files.Put("a.txt", "a");
            source.Files.Put("c.txt", "c", source.Files.PutFolder("b"));
        });

    [Fact]
    public Task Box_passes() =>
        PassesAsync<BoxScene, BoxEmulator, BoxProvider, BoxProviderOptions>(source =>
        {
            source.Files.AddFile("a.txt", "a");
            source.Files.AddFile("c.txt", "c", source.Files.AddFolder("b").Id);
        });

    [Fact]
    public Task Evernote_passes() =>
        PassesAsync<EvernoteScene, EvernoteEmulator, EvernoteProvider, EvernoteProviderOptions>(source =>
        {
            source.Notes.Put("A", "a");
            source.Notes.Put("B", "b", source.Notes.Resource("text/plain", [65], "c.txt"));
        });

    [Fact]
    public Task Salesforce_passes() =>
        PassesAsync<SalesforceScene, SalesforceEmulator, SalesforceProvider, SalesforceProviderOptions>(source =>
        {
            source.Records.Add("Contact", new JsonObject { ["Name"] = "Ann" });
            source.Records.Add("Contact", new JsonObject { ["Name"] = "Bo" });
        });

    [Fact]
    public async Task A_provider_that_makes_duplicates_fails_that_check()
    {
        var runs = 0;
        var script = new Script
        {
            Begin = request => Task.FromResult(new ConnectStart(request.CallbackUrl + "?state=" + request.State)),
            Sync = (_, _) => new SyncItem[] { new SyncItem.Upsert($"item-{Interlocked.Increment(ref runs)}") }.ToAsyncEnumerable(),
        };
        var results = await RunAsync<ScriptedProvider>(services => services.AddSingleton(script));
        var failed = results.Where(result => result.Outcome == CheckOutcome.Failed).Select(result => result.Name).ToList();
        Assert.Contains("A second run makes no duplicates", failed);
        Assert.DoesNotContain("A connection trades the code, names the account and asks for an update", failed);
    }

    [Fact]
    public async Task A_provider_that_goes_on_sending_for_a_removed_account_and_gives_up_soon_fails_that_check()
    {
        // Each time again it waits for its answer, for a second, so that now and then nothing is on its way.
        using var ends = new CancellationTokenSource();
        var sending = Task.CompletedTask;
        var script = new Script
        {
            Begin = request => Task.FromResult(new ConnectStart(request.CallbackUrl + "?state=" + request.State)),
            Sync = (_, _) => new SyncItem[] { new SyncItem.Upsert("item") }.ToAsyncEnumerable(),
            Fetch = (_, context, _) =>
            {
                sending = sending.IsCompleted ? GoOnAsync(context.Core, ends.Token) : sending;
                return Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
            },
        };
        var results = await RunAsync<ScriptedProvider>(services => services.AddSingleton(script));
        await ends.CancelAsync();
        await sending;
        var check = results.Single(result => result.Name == "A removed account sends nothing more");
        Assert.Equal((CheckOutcome.Failed, "Documents were sent after the account was removed."), (check.Outcome, check.Detail));
    }

    [Fact]
    public async Task A_source_without_items_skips_what_cannot_be_seen()
    {
        using var files = Directory(0);
        var results = await RunAsync<LocalDirectoryProvider>(
            services => services.Configure<LocalDirectoryProviderOptions>(options => options.AllowedRoots.Add(files.Path)),
            new() { ["path"] = files.Path });
        Assert.Equal(
            "The source has no item to send.", results.Single(result => result.Name == "A run sends the items and reports").Detail);
    }

    private static async Task GoOnAsync(AnyFetchClient core, CancellationToken ends)
    {
        while (!ends.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ends);
            limit.CancelAfter(TimeSpan.FromSeconds(1));
            try
            {
                await core.Documents.SendAsync(new DocumentDraft { Identifier = "item" }, limit.Token);
            }
            catch (Exception lost) when (lost is AnyFetchException or HttpRequestException or TimeoutException or OperationCanceledException)
            {
                // The next one is tried.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, ends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PassesAsync<TScene, TSource, TProvider, TOptions>(Action<TSource> fill)
        where TScene : IEmulatorOptions<TOptions, TSource>
        where TSource : SourceEmulator, IEmulator<TSource>
        where TProvider : class, IProvider
        where TOptions : class
    {
        await using var source = await TSource.StartAsync();
        fill(source);
        await AllPassAsync(await RunAsync<TProvider>(
            services => services.Configure<TOptions>(options => TScene.Configure(options, source))));
    }

    private static TempDirectory Directory(int count)
    {
        var files = new TempDirectory();
        for (var i = 0; i < count; i++)
        {
            File.WriteAllText(files.File($"file-{i}.txt"), $"content {i}");
        }

        return files;
    }

    // The crash needs a process of its own: it is shown with the sample, from the command line.
    private static Task AllPassAsync(IReadOnlyList<CheckResult> results)
    {
        Assert.Equal(Certifier.Names, results.Select(result => result.Name));
        Assert.All(results, result => Assert.True(
            result.Outcome == CheckOutcome.Passed || result.Name.StartsWith("A crash", StringComparison.Ordinal),
            $"{result.Name}: {result.Detail}"));
        return Task.CompletedTask;
    }

    // The provider has to know the kit's address before it starts, and the kit the provider's: a free port is taken first.
    private static async Task<IReadOnlyList<CheckResult>> RunAsync<TProvider>(
        Action<IServiceCollection> services, Dictionary<string, string>? fields = null)
        where TProvider : class, IProvider
    {
        using var store = new TempDirectory();
        var listen = FreePort.TakeAddress();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        services(builder.Services);
        builder.Services.AddAnyFetchProvider<TProvider>("certified", options =>
        {
            options.StoreDirectory = store.Path;
            options.RetryDelayMilliseconds = 1;
            options.DebounceSeconds = 3600;
            options.ResolveIdentity = (provider, _) => Task.FromResult(new ProviderIdentity(
                "0123456789abcdef01234567",
                "secret",
                provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/p",
                listen,
                listen));
        });
        await using var app = builder.Build();
        app.MapAnyFetchProvider("certified", "/p");
        await app.StartAsync();
        var certification = new CertificationOptions(new Uri(app.Urls.First() + "/p"))
        {
            ListenUrl = listen,
            Fields = fields ?? [],
        };
        var results = await Certifier.RunAsync(certification, CancellationToken.None).ToListAsync();
        await app.StopAsync();
        return results;
    }
}
