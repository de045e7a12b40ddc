using System.Net;
using AnyFetch.Provider;
using AnyFetch.Provider.Hosting;
using AnyFetch.Provider.Store;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Providers.Tests.Fakes;

/// <summary>A real host with one provider under <c>/p</c>, on a free port.</summary>
public sealed class TestHost : IAsyncDisposable
{
    public const string AdministratorSecret = "administrator";
    private const string Name = "test";

    // Some runs have ten thousand items, on however slow a machine.
    private static readonly TimeSpan RunMax = TimeSpan.FromMinutes(5);

    private readonly WebApplication _app;

    private TestHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.First() + "/p/"),
        };
    }

    public HttpClient Http { get; }

    public Uri Url => Http.BaseAddress!;

    internal ProviderRuntime Runtime => _app.Services.GetRequiredKeyedService<ProviderHost>(Name).Runtime!;

    internal ProviderStore Store => Runtime.Store;

    public static async Task<TestHost> StartAsync<TProvider>(
        FakePlatform platform, string directory, Action<IServiceCollection> services,
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null)
        where TProvider : class, IProvider
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        services(builder.Services);
        builder.Services.AddAnyFetchProvider<TProvider>(Name, options =>
        {
            options.StoreDirectory = directory;
            options.AdministratorSecret = AdministratorSecret;
            options.RetryDelayMilliseconds = 1;
            options.ResolveIdentity = (provider, _) => Task.FromResult(new ProviderIdentity(
                "0123456789abcdef01234567",
                "secret",
                provider.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/p",
                platform.Url,
                platform.Url));
            configure?.Invoke(options);
        });
        var app = builder.Build();
        app.MapAnyFetchProvider(Name, "/p");
        await app.StartAsync();
        var host = new TestHost(app);
        await Eventually.TrueAsync(
            () => app.Services.GetRequiredKeyedService<ProviderHost>(Name).Runtime is not null, what: "the provider starts");
        return host;
    }

    public static Task<TestHost> StartAsync(
        FakePlatform platform, string directory, Script script,
        Action<AnyFetchProviderOptions>? configure = null, TimeProvider? time = null) =>
        StartAsync<ScriptedProvider>(
            platform, directory, services => services.AddSingleton(script), configure, time);

    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) =>
        Http.PostAsync(path, new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public Task<HttpResponseMessage> DeleteAsync(string path) => Http.DeleteAsync(path);

    /// <summary>Makes an account without OAuth.</summary>
    public async Task AddAccountAsync(string token, string data = "{}", string? cursor = null, string name = "ann@source.test")
    {
        var fields = new Dictionary<string, string> { ["access_token"] = token, ["data"] = data, ["account_name"] = name };
        if (cursor is not null)
        {
            fields["cursor"] = cursor;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "token") { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Authorization = new("Bearer", AdministratorSecret);
        using var response = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    public async Task<HttpStatusCode> UpdateAsync(string token, params (string Name, string Value)[] more)
    {
        using var response = await PostAsync("update", [("access_token", token), .. more]);
        return response.StatusCode;
    }

    /// <summary>Updates and waits until the run is over.</summary>
    public async Task RunAsync(string token, params (string Name, string Value)[] more)
    {
        Assert.Equal(HttpStatusCode.Accepted, await UpdateAsync(token, more));
        await IdleAsync(token);
    }

    internal async Task<AccountRow> AccountAsync(string token) =>
        await Store.Accounts.FindByTokenAsync(token, CancellationToken.None)
            ?? throw new InvalidOperationException("There is no such account.");

    public async Task IdleAsync(string token)
    {
        var account = await AccountAsync(token);
        await Eventually.TrueAsync(() => Runtime.Scheduler.Find(account.Id) is null, RunMax, "the run ends");
    }

    internal async Task<RunReport> LastRunAsync(string token)
    {
        var account = await AccountAsync(token);
        return (await Store.Runs.ListAsync(account.Id, 1, CancellationToken.None))[0];
    }

    /// <summary>What an account is subscribed to; null when it is not.</summary>
    public async Task<Subscription?> SubscriptionAsync(string token) => (await AccountAsync(token)).Subscription;

    /// <summary>Waits until an account is subscribed to another thing than before.</summary>
    /// <param name="token">The account.</param>
    /// <param name="before">What it was subscribed to before.</param>
    /// <param name="time">The clock, moved on minute by minute meanwhile; null when it moves by itself or stands still.</param>
    public async Task<Subscription> SubscribedAsync(string token, Subscription? before = null, ManualTimeProvider? time = null)
    {
        const string What = "the account is subscribed";
        Subscription? now = null;
        await (time is null ? Eventually.TrueAsync(IsSubscribedAsync, what: What)
            : time.PassUntilAsync(TimeSpan.FromMinutes(1), IsSubscribedAsync, What));
        return now!;

        async Task<bool> IsSubscribedAsync()
        {
            now = await SubscriptionAsync(token);
            return now is not null && now != before;
        }
    }

    /// <summary>How many runs of an account are over, once there are that many and none is under way.</summary>
    public async Task<int> RunsAsync(string token, int atLeast)
    {
        var account = await AccountAsync(token);
        var ended = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                var runs = await Store.Runs.ListAsync(account.Id, 50, CancellationToken.None);
                ended = runs.Count(run => run.Ended is not null);
                return ended >= atLeast && ended == runs.Count && Runtime.Scheduler.Find(account.Id) is null;
            },
            RunMax,
            "the runs end");
        return ended;
    }

    internal async Task<IReadOnlyList<ErrorRow>> ErrorsAsync(string token)
    {
        var account = await AccountAsync(token);
        return await Store.Errors.ListAsync(account.Id, 0, 1000, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
