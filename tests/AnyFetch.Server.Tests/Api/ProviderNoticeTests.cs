using System.Net;
using System.Text.Json;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using AnyFetch.Core.Queue;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Api;

public sealed class ProviderNoticeTests : ApiTest
{
    private readonly ShiftedTimeProvider _time = new();

    private IWorkQueue Queue => Server.Get<IWorkQueue>();

    public override async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync(
            services => services.AddSingleton<TimeProvider>(_time),
            ("Api:NoticeRetrySeconds", "1"),
            ("Api:NoticeRetrySecondsMax", "1"));
    }

    [Fact]
    public async Task A_provider_that_is_down_when_its_token_is_revoked_is_told_when_it_is_back()
    {
        await using var provider = await ProviderServer.StartAsync();
        provider.Status = 503;
        var (token, secret) = await Server.AddTokenAsync(scopes: Scopes.All, providerUrl: provider.Url);

        (await SendAsync("DELETE", $"/providers/{token.Id}", authorization: "Bearer " + secret)).Is(204);

        await Eventually.TrueAsync(() => provider.Secrets.Count >= 2);
        Assert.Equal(1, await CountAsync());
        AssertNeverStored(secret);
        provider.Status = 204;
        await Eventually.TrueAsync(async () => await CountAsync() == 0);
        Assert.All(provider.Secrets, told => Assert.Equal(secret, told));
        Assert.Empty(await Queue.ListDeadAsync(ProviderNotices.Queue, null, 10, default));
    }

    [Fact]
    public async Task A_provider_that_never_comes_back_is_given_up_with_the_reason()
    {
        await using var provider = await ProviderServer.StartAsync();
        provider.Status = 503;
        var (token, secret) = await Server.AddTokenAsync(providerUrl: provider.Url);
        (await PostResetAsync()).Is(204);
        await Eventually.TrueAsync(() => !provider.Secrets.IsEmpty);
        _time.Advance(TimeSpan.FromHours(23));
        var before = provider.Secrets.Count;
        await Eventually.TrueAsync(() => provider.Secrets.Count > before);
        Assert.Equal(1, await CountAsync());

        _time.Advance(TimeSpan.FromHours(2));

        IReadOnlyList<DeadJob> dead = [];
        await Eventually.TrueAsync(async () =>
        {
            dead = await Queue.ListDeadAsync(ProviderNotices.Queue, null, 10, default);
            return dead.Count == 1;
        });
        Assert.Equal(token.Id.ToString(), dead[0].Key.Name);
        Assert.Contains("24 h", dead[0].Reason, StringComparison.Ordinal);
        AssertNeverStored(secret);
    }

    [Fact]
    public async Task An_account_that_stays_is_never_told_to_be_gone()
    {
        await using var provider = await ProviderServer.StartAsync();
        var (token, _) = await Server.AddTokenAsync(providerUrl: provider.Url);
        await Server.Get<ProviderNotices>().AddAsync([token], default);
        _time.Advance(TimeSpan.FromHours(25));
        await Eventually.TrueAsync(async () => await CountAsync() == 0);
        Assert.Empty(provider.Secrets);
    }

    private Task<Answer> PostResetAsync() => SendAsync("DELETE", "/company/reset", authorization: AdminBasic);

    private async Task<long> CountAsync() => (await Queue.CountAsync(default))
        .Where(counts => counts.Queue == ProviderNotices.Queue)
        .Sum(counts => counts.Waiting + counts.Running);

    private void AssertNeverStored(string secret)
    {
        foreach (var file in Directory.EnumerateFiles(Server.Data, "anyfetch.db*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(secret, reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    /// <summary>A provider's own server, which says what the test wants.</summary>
    private sealed class ProviderServer(WebApplication app) : IAsyncDisposable
    {
        public volatile int Status = 204;

        public System.Collections.Concurrent.ConcurrentQueue<string> Secrets { get; } = [];

        public string Url => app.Urls.Single();

        public static async Task<ProviderServer> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var server = new ProviderServer(app);
            app.MapDelete("/token", server.ForgetAsync);
            await app.StartAsync();
            return server;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();

        private async Task ForgetAsync(HttpContext http)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            http.Response.StatusCode = Status;
            Secrets.Enqueue(body.RootElement.GetProperty("access_token").GetString()!);
        }
    }
}
