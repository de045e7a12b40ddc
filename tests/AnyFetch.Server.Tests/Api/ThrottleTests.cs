using AnyFetch.Core.AccessTokens;
using AnyFetch.Server.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Api;

/// <summary>What may be done only so often, on a server whose stopwatch stands still.</summary>
public sealed class ThrottleTests : ApiTest
{
    protected override Task<TestServer> NewServerAsync() =>
        TestServer.StartAsync(services => services.AddSingleton<TimeProvider>(new StandingTimeProvider()));

    [Fact]
    public async Task Api_check_39_updates_are_reported_whatever_happens_and_throttled()
    {
        var (client, _) = await Server.AddClientAsync("unreachable", providerUrl: "http://127.0.0.1:1");
        var token = Provider with { Id = new AccessTokenId(Core.Ids.ObjectId.New(TimeProvider.System.GetUtcNow())), Client = client.Id };
        await Server.Get<IAccessTokenStore>().AddAsync(token, TokenSecret.Hash("x"), default);
        var statuses = (await PostAsync("/company/update", "{}")).Is(200).Json.GetProperty(Id(Server.AdminUser));
        Assert.Equal(504, statuses.GetProperty(token.Id.ToString()).GetInt32());
        (await PostAsync("/user/update", "{}")).Is(200);
        (await PostAsync("/user/update", "{}")).Is(429, "TooManyRequests");
        (await PostAsync("/track/provider-updated", """{"is_first":true,"total_time_spent":12}""")).Is(204);
        (await PostAsync("/track/provider-updated", """{"other":1}""")).Is(409, "InvalidArgument");
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await GetAsync("/company")).Json.GetProperty("last_update").ValueKind);
    }

    [Fact]
    public async Task Wrong_passwords_are_throttled_without_shutting_out_others()
    {
        for (var i = 0; i < 10; i++)
        {
            (await GetAsync("/", Basic("guess@example.org", "wrong"))).Is(401, "InvalidCredentials");
        }

        var answer = (await GetAsync("/", Basic("guess@example.org", "wrong"))).Is(429, "TooManyRequests");
        Assert.NotNull(answer.Headers.RetryAfter);
        (await GetAsync("/", AdminBasic)).Is(200);
    }
}
