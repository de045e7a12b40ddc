using System.Net.Http.Headers;
using System.Text.Json;
using AnyFetch.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Bench.Providers;

/// <summary>The provider library in the bench's own process, with one account, before a real server.</summary>
internal sealed class ProviderLibrary : IAsyncDisposable
{
    private const string Name = "bench";
    private const string Secret = "bench secret";

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly string _directory;
    private readonly string _token;

    private ProviderLibrary(WebApplication app, string directory, string token)
    {
        _app = app;
        _directory = directory;
        _token = token;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/p/"), Timeout = TimeSpan.FromHours(1) };
    }

    /// <summary>Starts it with an account that has the server's own token.</summary>
    public static async Task<ProviderLibrary> StartAsync<TProvider>(
        ServerProcess server,
        Action<IServiceCollection> services,
        Action<AnyFetchProviderOptions> configure,
        string data,
        CancellationToken cancellationToken)
        where TProvider : class, IProvider
    {
        var directory = Directory.CreateTempSubdirectory("anyfetch-bench-provider-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        services(builder.Services);
        builder.Services.AddAnyFetchProvider<TProvider>(Name, options =>
        {
            options.StoreDirectory = directory;
            options.AdministratorSecret = Secret;
            options.ListingAheadCaps = 0;
            options.IntervalMinutes = 0;
            var api = server.Http.BaseAddress!.AbsoluteUri;
            options.ResolveIdentity = (host, _) => Task.FromResult(new ProviderIdentity(
                "0123456789abcdef01234567", "secret",
                host.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/p", api, api));
            configure(options);
        });
        var app = builder.Build();
        app.MapAnyFetchProvider(Name, "/p");
        await app.StartAsync(cancellationToken);
        var library = new ProviderLibrary(app, directory, server.Token);
        await library.AddAccountAsync(data, cancellationToken);
        return library;
    }

    /// <summary>One run from its request to its end; gives its seconds and its report.</summary>
    public async Task<(double Seconds, JsonElement Run)> RunAsync(
        int documentsMax, CancellationToken cancellationToken, string more = "")
    {
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await _http.PostAsync(
            new Uri($"update?access_token={_token}&documents_per_update={documentsMax}{more}", UriKind.Relative), null, cancellationToken);
        answer.EnsureSuccessStatusCode();
        while (true)
        {
            var account = await GetAccountAsync(cancellationToken);
            if (account.GetProperty("state").GetString() == "idle")
            {
                var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
                var run = account.GetProperty("run");
                return run.GetProperty("outcome").GetString() == "succeeded"
                    ? (seconds, run)
                    : throw new InvalidOperationException($"The run did not succeed: {run}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    public double StoreMegabytes() =>
        new DirectoryInfo(_directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<JsonElement> GetAccountAsync(CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri($"account?access_token={_token}", UriKind.Relative), cancellationToken);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    // The host resolves who it is just after it has started.
    private async Task AddAccountAsync(string data, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var form = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["access_token"] = _token, ["data"] = data, ["account_name"] = "bench" });
            using var request = new HttpRequestMessage(HttpMethod.Post, "token") { Content = form };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
            using var answer = await _http.SendAsync(request, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }
}
