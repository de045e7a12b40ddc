using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using AnyFetch.Provider;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

public sealed class ConnectionTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("javascript:alert(1)")]
    public async Task Check_02_An_address_of_the_source_that_is_none_ends_in_danger(string address)
    {
        await using var scene = await Scene.StartAsync(token: null);
        scene.Script.Begin = _ => Task.FromResult(new ConnectStart(address));
        using var reply = await scene.Host.GetAsync("init/connect?code=c1");
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Contains("state=danger&message=", reply.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_03_Two_connects_with_one_code_leave_one_temporary_token_and_it_lives_ten_minutes()
    {
        var time = new ManualTimeProvider();
        await using var scene = await Scene.StartAsync(time: time, token: null);
        await BeginAsync(scene, "code=c1");
        var (cookie, state) = await BeginAsync(scene, "code=c1");
        Assert.Equal(1, await scene.Host.Store.TemporaryTokens.CountAsync(CancellationToken.None));

        time.Advance(TimeSpan.FromMinutes(11));
        var back = await FinishAsync(scene, cookie, "state=" + state);
        Assert.Equal("danger", HttpUtility.ParseQueryString(back.Query)["state"]);
        Assert.Empty(scene.Platform.Calls);
    }

    [Fact]
    public async Task Check_05_A_refusal_is_canceled_and_leaves_no_account()
    {
        await using var scene = await Scene.StartAsync(token: null);
        scene.Script.Complete = _ => throw new CancelException();
        var (cookie, state) = await BeginAsync(scene, "code=c1");
        var back = await FinishAsync(scene, cookie, $"state={state}&error=access_denied");
        Assert.Equal("?state=canceled", back.Query);
        Assert.Empty(scene.Platform.Calls);
        Assert.Empty(await scene.Host.Store.Accounts.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_renewal_code_stands_for_the_token_once_and_for_ten_minutes()
    {
        var time = new ManualTimeProvider();
        await using var scene = await Scene.StartAsync(time: time);
        var code = await RenewalCodeAsync(scene);
        var (cookie, state) = await BeginAsync(scene, "renewal_code=" + code);
        Assert.Equal("?state=success", (await FinishAsync(scene, cookie, "state=" + state)).Query);
        Assert.Empty(scene.Platform.Of("POST /oauth/access_token"));
        Assert.Equal("r1", (string?)(await scene.Host.AccountAsync("T")).Data["refresh"]);

        var late = await RenewalCodeAsync(scene);
        time.Advance(TimeSpan.FromMinutes(11));
        foreach (var useless in new[] { code, late, "made-up" })
        {
            using var refused = await scene.Host.GetAsync("init/connect?renewal_code=" + useless);
            Assert.Contains("state=danger", refused.Headers.Location!.Query, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_dying_run_tells_the_manager_does_not_undo_the_renewal_that_comes_meanwhile()
    {
        await using var scene = await Scene.StartAsync();
        scene.Script.Sync = (_, _) => throw new TokenException("revoked");
        var (arrives, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var wasToldBefore = false;
        scene.Platform.Delay = call =>
        {
            if (call.Key == "POST /token/refresh")
            {
                arrives.TrySetResult();
                return goesOn.Task;
            }

            wasToldBefore |= call.Key == "POST /access_token/account_name" && goesOn.Task.IsCompleted;
            return Task.CompletedTask;
        };
        var (cookie, state) = await BeginAsync(scene, "renewal_code=" + await RenewalCodeAsync(scene));
        await scene.Host.UpdateAsync("T");
        await arrives.Task;

        // The run's last word is held until somebody wants the run to end.
        var run = scene.Host.Runtime.Scheduler.Find((await scene.Host.AccountAsync("T")).Id)!;
        using var wanted = run.Stops.Register(() => goesOn.TrySetResult());
        Assert.Equal("?state=success", (await FinishAsync(scene, cookie, "state=" + state)).Query);

        Assert.True(wasToldBefore);
        Assert.False((await scene.Host.AccountAsync("T")).RequireRefresh);
    }

    private static async Task<string> RenewalCodeAsync(Scene scene)
    {
        using var reply = await scene.Host.PostAsync("token/renewal", ("access_token", "T"));
        return (string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["code"]!;
    }

    [Fact]
    public async Task Two_tabs_finish_both_because_the_state_and_not_the_cookie_finds_the_connection()
    {
        await using var scene = await Scene.StartAsync(token: null);
        scene.Platform.TokenForCode = code => "token-of-" + code;
        var (_, first) = await BeginAsync(scene, "code=c1");
        var (cookie, second) = await BeginAsync(scene, "code=c2");
        Assert.Equal("?state=success", (await FinishAsync(scene, cookie, "state=" + first)).Query);
        Assert.Equal("?state=success", (await FinishAsync(scene, cookie, "state=" + second)).Query);
        Assert.Equal(
            ["token-of-c1", "token-of-c2"],
            (await scene.Host.Store.Accounts.ListAsync(CancellationToken.None)).Select(account => account.Token!));
    }

    [Fact]
    public async Task A_state_works_once_and_the_pre_data_and_the_verifier_come_back()
    {
        await using var scene = await Scene.StartAsync(token: null);
        ConnectReply? seen = null;
        scene.Script.Complete = reply =>
        {
            seen = reply;
            return Task.FromResult(new ConnectedSource("ann", new JsonObject()));
        };
        var (cookie, state) = await BeginAsync(scene, "code=c1");
        await FinishAsync(scene, cookie, $"state={state}&extra=7");
        Assert.Equal(("pre", "7"), ((string?)seen!.PreData!["kept"], seen.Parameters["extra"]));
        Assert.Equal(43, seen.CodeVerifier.Length);
        var again = await FinishAsync(scene, cookie, "state=" + state);
        Assert.Contains("state=danger", again.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task A_bad_account_name_ends_in_danger_without_an_exchange(string name)
    {
        await using var scene = await Scene.StartAsync(token: null);
        scene.Script.Complete = _ => Task.FromResult(new ConnectedSource(name, []));
        var (cookie, state) = await BeginAsync(scene, "code=c1");
        var back = await FinishAsync(scene, cookie, "state=" + state);
        Assert.Contains("state=danger", back.Query, StringComparison.Ordinal);
        Assert.Empty(scene.Platform.Calls);
    }

    [Fact]
    public async Task A_forged_cookie_is_as_good_as_none()
    {
        await using var scene = await Scene.StartAsync(token: null);
        var (_, state) = await BeginAsync(scene, "code=c1");
        var back = await FinishAsync(scene, "ANYFETCH_SESSION=Zm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2VkZm9yZ2Vk", "state=" + state);
        Assert.Contains("state=danger", back.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_and_service_data_never_lie_in_clear_in_the_store()
    {
        await using var scene = await Scene.StartAsync(token: null);
        scene.Platform.TokenForCode = _ => "very-secret-token";
        scene.Script.Complete = _ => Task.FromResult(
            new ConnectedSource("ann", new JsonObject { ["refresh"] = "very-secret-grant" }));
        scene.Script.Yields(new SyncItem.Upsert("a"), new SyncItem.Checkpoint("c"));
        var (cookie, state) = await BeginAsync(scene, "code=very-secret-code");
        await FinishAsync(scene, cookie, "state=" + state);
        await scene.Host.RunAsync("very-secret-token");
        var directory = scene.Host.Runtime.Options.StoreDirectory!;
        foreach (var file in Directory.EnumerateFiles(directory, "provider.db*").Where(file => !file.EndsWith("lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("very-secret", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<(string Cookie, string State)> BeginAsync(Scene scene, string query)
    {
        using var reply = await scene.Host.GetAsync("init/connect?" + query);
        var state = HttpUtility.ParseQueryString(reply.Headers.Location!.Query)["state"]!;
        return (reply.Headers.GetValues("Set-Cookie").Single().Split(';')[0], state);
    }

    private static async Task<Uri> FinishAsync(Scene scene, string cookie, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "init/callback?" + query);
        request.Headers.Add("Cookie", cookie);
        using var reply = await scene.Host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        return reply.Headers.Location!;
    }
}
