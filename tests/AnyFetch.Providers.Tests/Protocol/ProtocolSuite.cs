using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>
/// What every provider server must do, whatever its source (provider-protocol, conformance checks). The suite plays the core
/// and the manager, and meets the provider through HTTP alone.
/// </summary>
public abstract class ProtocolSuite
{
    protected abstract Task<ProtocolTarget> StartAsync(FakePlatform platform, string directory);

    [Fact]
    public async Task Check_01_Connect_needs_a_code_and_redirects_to_the_source_with_a_session()
    {
        await using var session = await Session.StartAsync(StartAsync);
        using var refused = await session.Host.GetAsync("init/connect");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("MissingParameter", await CodeAsync(refused));

        // As long as no text of random letters holds it by chance.
        const string Code = "code-of-the-connection";
        using var accepted = await session.Host.GetAsync("init/connect?code=" + Code);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        Assert.True(session.Target.IsConsent(accepted.Headers.Location!));
        Assert.Contains("ANYFETCH_SESSION=", string.Join(';', accepted.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.DoesNotContain(Code, string.Join(';', accepted.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_04_A_callback_without_a_cookie_goes_to_the_manager_with_danger()
    {
        await using var session = await Session.StartAsync(StartAsync);
        using var reply = await session.Host.GetAsync("init/callback?state=unknown");
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.StartsWith(session.Platform.Url + "/connect?state=danger&message=", reply.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_06_A_callback_trades_the_code_names_the_account_and_asks_for_an_update()
    {
        await using var session = await Session.StartAsync(StartAsync);
        var back = await session.ConnectAsync($"code=c1&return_to={Uri.EscapeDataString(session.Platform.Url + "/sources?tab=2")}");
        Assert.Equal(session.Platform.Url + "/sources?tab=2&state=success", back.ToString());

        var form = HttpUtility.ParseQueryString(Assert.Single(session.Platform.Of("POST /oauth/access_token")).Form!);
        Assert.Equal(
            ["client_id", "client_secret", "code", "grant_type", "redirect_uri"], form.AllKeys.Order());
        Assert.Equal("authorization_code", form["grant_type"]);
        var naming = Assert.Single(session.Platform.Of("POST /access_token/account_name")).Json!;
        Assert.NotEqual("", (string?)naming["account_name"]);
        await Eventually.TrueAsync(() => session.Platform.Of("POST /user/update").Count == 1);
        Assert.Null((await session.Host.AccountAsync((string)naming["access_token"]!)).Cursor);
    }

    [Fact]
    public async Task Check_07_A_failing_user_update_still_gives_success()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Platform.Intercept = call => call.Key == "POST /user/update" ? new ForcedReply(500) : null;
        var back = await session.ConnectAsync("code=c1");
        Assert.Contains("state=success", back.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_08_A_renewal_keeps_the_cursor_and_makes_no_exchange()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(2);
        var token = await session.ConnectTokenAsync();
        await session.Host.RunAsync(token);
        var before = await session.Host.AccountAsync(token);
        await session.Host.Store.Accounts.RequireRefreshAsync(before.Id, CancellationToken.None);

        await session.ConnectAsync("anyfetch_token=" + token);
        var after = await session.Host.AccountAsync(token);
        Assert.NotNull(before.Cursor);
        Assert.Equal((before.Cursor, before.LastUpdate), (after.Cursor, after.LastUpdate));
        Assert.False(after.RequireRefresh);
        Assert.Single(session.Platform.Of("POST /oauth/access_token"));
    }

    [Fact]
    public async Task Check_09_Update_checks_token_account_and_refresh_in_that_order()
    {
        await using var session = await Session.StartAsync(StartAsync);
        using var missing = await session.Host.PostAsync("update");
        Assert.Equal((HttpStatusCode.Conflict, "MissingParameter"), (missing.StatusCode, await CodeAsync(missing)));
        using var unknown = await session.Host.PostAsync("update", ("access_token", "nobody"), ("documents_per_update", "x"));
        Assert.Equal((HttpStatusCode.NotFound, "ResourceNotFound"), (unknown.StatusCode, await CodeAsync(unknown)));

        var token = await session.ConnectTokenAsync();
        using var bad = await session.Host.PostAsync("update", ("access_token", token), ("documents_per_update", "0"));
        Assert.Equal((HttpStatusCode.Conflict, "InvalidArgument"), (bad.StatusCode, await CodeAsync(bad)));
        await session.Host.RunAsync(token);

        var account = await session.Host.AccountAsync(token);
        await session.Host.Store.Accounts.RequireRefreshAsync(account.Id, CancellationToken.None);
        using var dead = await session.Host.PostAsync("update", ("access_token", token));
        Assert.Equal((428, "PreconditionRequired"), ((int)dead.StatusCode, await CodeAsync(dead)));
    }

    [Fact]
    public async Task Check_10_A_second_update_during_a_run_is_204_and_force_restarts_it()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(1);
        var token = await session.ConnectTokenAsync();
        var release = new TaskCompletionSource();
        session.Platform.Delay = call => call.Key == "POST /documents" ? release.Task : Task.CompletedTask;
        Assert.Equal(HttpStatusCode.Accepted, await session.Host.UpdateAsync(token));
        await Eventually.TrueAsync(() => session.Platform.Of("POST /documents").Count > 0);

        Assert.Equal(HttpStatusCode.NoContent, await session.Host.UpdateAsync(token));
        Assert.Equal(HttpStatusCode.NoContent, await session.Host.UpdateAsync(token, ("force", "0")));
        Assert.Equal(HttpStatusCode.Accepted, await session.Host.UpdateAsync(token, ("force", "1")));
        release.SetResult();
        await session.Host.IdleAsync(token);
        Assert.Single(session.Platform.Documents);
    }

    [Fact]
    public async Task Check_16_The_end_of_a_run_is_tracked_with_four_fields_first_only_once()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(2);
        var token = await session.ConnectTokenAsync();
        await session.Host.RunAsync(token);
        await session.Host.RunAsync(token);
        var reports = session.Platform.Of("POST /track/provider-updated");
        Assert.Equal([true, false], reports.Select(report => (bool)report.Json!["is_first"]!));
        Assert.All(reports, report => Assert.Equal(
            ["is_first", "time_spent_on_queue", "time_spent_on_tasks", "total_time_spent"],
            report.Json!.AsObject().Select(member => member.Key).Order()));
        Assert.Null((await session.Host.AccountAsync(token)).UpdatingSince);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_17_Delete_token_during_a_run_stops_everything(bool inBody)
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(20);
        var token = await session.ConnectTokenAsync();
        var release = new TaskCompletionSource();
        session.Platform.Delay = call => call.Key == "POST /documents" ? release.Task : Task.CompletedTask;
        await session.Host.UpdateAsync(token);
        await Eventually.TrueAsync(() => session.Platform.Of("POST /documents").Count > 0);

        Assert.Equal(HttpStatusCode.NoContent, await DeleteTokenAsync(session.Host, token, inBody));
        var sent = session.Platform.Of("POST /documents").Count;
        release.SetResult();
        Assert.Equal(HttpStatusCode.NotFound, await DeleteTokenAsync(session.Host, token, inBody));
        Assert.Equal(sent, session.Platform.Of("POST /documents").Count);
        Assert.Null(await session.Host.Store.Accounts.FindByTokenAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Check_18_After_a_reset_the_next_run_sends_everything_and_a_run_in_flight_restores_nothing()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(3);
        var token = await session.ConnectTokenAsync();
        await session.Host.RunAsync(token);
        Assert.Equal(3, session.Platform.SentIdentifiers().Count);
        using var reset = await session.Host.DeleteAsync("token/reset?access_token=" + token);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
        Assert.Null((await session.Host.AccountAsync(token)).Cursor);

        var release = new TaskCompletionSource();
        session.Platform.Delay = call => call.Key == "POST /documents" ? release.Task : Task.CompletedTask;
        await session.Host.UpdateAsync(token);
        await Eventually.TrueAsync(() => session.Platform.Of("POST /documents").Count > 3);
        using var again = await session.Host.DeleteAsync("token/reset?access_token=" + token);
        release.SetResult();
        var account = await session.Host.AccountAsync(token);
        Assert.Equal((null, null), (account.Cursor, account.LastUpdate));

        await session.Host.RunAsync(token);
        Assert.Equal(3, session.Platform.SentIdentifiers().TakeLast(3).Distinct().Count());
    }

    [Fact]
    public async Task Check_25_A_return_address_of_a_foreign_origin_is_ignored()
    {
        await using var session = await Session.StartAsync(StartAsync);
        var back = await session.ConnectAsync("code=c1&return_to=https%3A%2F%2Fevil.test%2F");
        Assert.StartsWith(session.Platform.Url, back.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_27_Status_counts_and_names_nobody()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(5);
        var token = await session.ConnectTokenAsync();
        await session.Host.RunAsync(token, ("documents_per_update", "2"));
        using var reply = await session.Host.GetAsync("status");
        var text = await reply.Content.ReadAsStringAsync();
        var status = JsonNode.Parse(text)!;
        Assert.Equal(0, (int)status["users"]!["processing"]!);
        var pending = status["pending_queues"]!.AsArray().Sum(queue => (int)queue!["pending"]!);
        Assert.Equal(pending, (int)status["pending_documents"]!);
        Assert.DoesNotContain((await session.Host.AccountAsync(token)).Name, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Documents_carry_the_accounts_own_token_as_their_only_reader()
    {
        await using var session = await Session.StartAsync(StartAsync);
        session.Target.PutItems(1);
        var token = await session.ConnectTokenAsync();
        await session.Host.RunAsync(token);
        var access = Assert.Single(session.Platform.Documents).Value["user_access"]!.AsArray();
        Assert.Equal(token, (string?)Assert.Single(access));
    }

    [Fact]
    public async Task Other_verbs_are_405_in_the_documented_shape()
    {
        await using var session = await Session.StartAsync(StartAsync);
        using var reply = await session.Host.GetAsync("update?access_token=x");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "MethodNotAllowed"), (reply.StatusCode, await CodeAsync(reply)));
    }

    protected static async Task<string?> CodeAsync(HttpResponseMessage reply) =>
        (string?)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["code"];

    private static async Task<HttpStatusCode> DeleteTokenAsync(TestHost host, string token, bool inBody)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Delete, inBody ? "token" : "token?access_token=" + token);
        if (inBody)
        {
            request.Content = new StringContent($$"""{"access_token":"{{token}}"}""", null, "application/json");
        }

        using var reply = await host.Http.SendAsync(request);
        return reply.StatusCode;
    }

    /// <summary>A platform, a target and a browser with its cookies.</summary>
    protected sealed class Session : IAsyncDisposable
    {
        private readonly TempDirectory _directory = new();

        public required FakePlatform Platform { get; init; }

        public required ProtocolTarget Target { get; set; }

        public TestHost Host => Target.Host;

        public static async Task<Session> StartAsync(Func<FakePlatform, string, Task<ProtocolTarget>> start)
        {
            var platform = await FakePlatform.StartAsync();
            var session = new Session { Platform = platform, Target = null! };
            session.Target = await start(platform, session._directory.Path);
            return session;
        }

        /// <summary>Walks through connect, consent and callback, and says where the browser ended up.</summary>
        public async Task<Uri> ConnectAsync(string query)
        {
            using var start = await Host.GetAsync("init/connect?" + query);
            var cookie = start.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            using var callback = new HttpRequestMessage(
                HttpMethod.Get, "init/callback?" + Target.ConsentQuery(start.Headers.Location!));
            callback.Headers.Add("Cookie", cookie);
            using var end = await Host.Http.SendAsync(callback);
            Assert.Equal(HttpStatusCode.Redirect, end.StatusCode);
            return end.Headers.Location!;
        }

        public async Task<string> ConnectTokenAsync()
        {
            Platform.TokenForCode = code => "token-of-" + code;
            var back = await ConnectAsync("code=c1");
            Assert.Contains("state=success", back.Query, StringComparison.Ordinal);
            return "token-of-c1";
        }

        public async ValueTask DisposeAsync()
        {
            await Target.DisposeAsync();
            await Platform.DisposeAsync();
            _directory.Dispose();
        }
    }
}
