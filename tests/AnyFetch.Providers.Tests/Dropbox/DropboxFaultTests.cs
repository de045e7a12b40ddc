using System.Net;
using System.Security.Cryptography;
using System.Text;
using AnyFetch.Emulators;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Dropbox;

/// <summary>What Dropbox may do to a run, and what the platform holds afterwards.</summary>
public sealed class DropboxFaultTests
{
    private const string List = "2/files/list_folder";
    private const string Continue = "2/files/list_folder/continue";
    private const string Download = "2/files/download";

    private static async Task<DropboxScene> StartAsync(int files = 6, TimeProvider? time = null)
    {
        var scene = await DropboxScene.StartAsync(source: options => options.PageItemsMax = 2, time: time);
        for (var i = 0; i < files; i++)
        {
            scene.Source.Files.Put($"/f{i}", $"content {i}");
        }

        return scene;
    }

    // Fails the first calls of a path, then lets all pass.
    private static void Fail(DropboxScene scene, string path, int times, Fault fault)
    {
        var left = times;
        scene.Source.Intercept = call => call.Path == path && Interlocked.Decrement(ref left) >= 0 ? fault : null;
    }

    public static TheoryData<string, Fault> Passing => new()
    {
        { List, new Fault(503) },
        { Continue, new Fault(500) { Body = "<html>oops</html>" } },
        { Continue, new Fault(200) { IsTruncated = true } },
        { Continue, new Fault(200) { Body = "" } },
        { Continue, new Fault(200) { Body = "{}" } },
        { Continue, new Fault(200) { Body = """{"entries":[],"has_more":false}""" } },
        { Continue, new Fault(429) { Body = """{"error":{"reason":{".tag":"too_many_requests"}}}""" } },
        { Download, new Fault(503) },
        { Download, new Fault(200) { IsTruncated = true } },
        { Download, new Fault(429) { RetryAfter = "0" } },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_tried_again_and_nothing_is_lost_or_deleted(string path, Fault fault)
    {
        await using var scene = await StartAsync();
        Fail(scene, path, 2, fault);
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task A_listing_that_breaks_for_good_in_the_middle_deletes_nothing_and_goes_on_from_its_page()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        scene.Source.ResetCursors();
        Fail(scene, Continue, 100, new Fault(503));
        await scene.Host.DeleteAsync($"token/reset?access_token={scene.Token}");
        await scene.RunAsync();
        Assert.Equal("failed", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Equal(6, scene.Platform.Documents.Count);
        Assert.DoesNotContain(scene.Platform.Calls, call => call.Method == "DELETE");
        Assert.Equal("Source503", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Code);

        scene.Source.Intercept = _ => null;
        await scene.RunAsync();
        Assert.Empty(scene.Source.Of(List));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
    }

    [Fact]
    public async Task An_empty_page_in_the_middle_deletes_nothing()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        var cursor = (await scene.Host.AccountAsync(scene.Token)).Cursor;
        Fail(scene, Continue, 1, new Fault(200) { Body = $$"""{"entries":[],"cursor":"{{cursor}}","has_more":true}""" });
        await scene.RunAsync();
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task A_full_listing_that_is_empty_asks_before_it_deletes_even_a_few()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        scene.Source.ResetCursors();
        Fail(scene, List, 1, new Fault(200) { Body = """{"entries":[],"cursor":"J:9:9:9","has_more":false}""" });
        await scene.RunAsync();
        Assert.Equal(6, (await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
        Assert.Equal(6, scene.Platform.Documents.Count);
        await scene.RunAsync(("full", "1"));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Null((await scene.Host.LastRunAsync(scene.Token)).PruneBlocked);
    }

    [Fact]
    public async Task Acceptance_6_A_reset_cursor_leads_to_a_full_run_that_prunes_what_vanished()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        scene.Source.Files.Delete("/f3");
        scene.Source.ResetCursors();
        await scene.RunAsync();
        Assert.Single(scene.Source.Of(List));
        Assert.Equal(scene.Expected(), scene.Stored());
        Assert.Empty(scene.Source.Of(Download));
    }

    [Fact]
    public async Task An_expired_access_token_is_renewed_once_by_however_many_tasks()
    {
        await using var scene = await StartAsync();
        scene.Source.Grants.ExpireAccess();
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);
        Assert.Equal(scene.Expected(), scene.Stored());

        scene.Source.Intercept = call =>
        {
            // In the middle of the downloads, for all four tasks at once.
            if (call.Path == Download && scene.Source.Of(Download).Count == 2)
            {
                scene.Source.Grants.ExpireAccess();
            }

            return null;
        };
        await scene.Host.DeleteAsync($"token/reset?access_token={scene.Token}");
        await scene.RunAsync();
        Assert.Equal(2, scene.Source.Grants.Refreshes);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task An_access_token_is_renewed_before_it_ends()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time: time);
        await scene.RunAsync();
        time.Advance(TimeSpan.FromSeconds(14400 - 200));
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);
    }

    [Fact]
    public async Task A_dead_grant_asks_for_a_person_and_a_new_connection_goes_on()
    {
        await using var scene = await StartAsync();
        await scene.RunAsync();
        scene.Source.Files.Put("/new", "new");
        scene.Source.Grants.RevokeAll();
        await scene.RunAsync();
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
        Assert.Single(scene.Platform.Of("POST /token/refresh"));
        Assert.Equal(6, scene.Platform.Documents.Count);
        Assert.Equal((HttpStatusCode)428, await scene.Host.UpdateAsync(scene.Token));

        var back = await scene.ConnectAsync($"anyfetch_token={scene.Token}");
        Assert.Contains("state=success", back.Query, StringComparison.Ordinal);
        await scene.RunAsync();
        Assert.Empty(scene.Source.Of(List));
        Assert.Equal(scene.Expected(), scene.Stored());
    }

    [Fact]
    public async Task Acceptance_access_refused_for_good_ends_in_a_reconnection()
    {
        await using var scene = await StartAsync();
        scene.Source.Intercept = call => call.Path == List ? new Fault(403) { Body = "{}" } : null;
        await scene.RunAsync();
        Assert.Equal(1, scene.Source.Grants.Refreshes);
        Assert.Equal("refresh_required", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task Check_8_Retry_after_pauses_the_account()
    {
        var time = new ManualTimeProvider();
        await using var scene = await StartAsync(time: time);
        Fail(scene, Continue, 1, new Fault(429) { RetryAfter = "7" });
        await scene.Host.UpdateAsync(scene.Token);
        await Eventually.TrueAsync(async () => (await scene.Host.AccountAsync(scene.Token)).PausedUntil is not null);
        var refused = Assert.Single(scene.Source.Of(Continue));
        var calls = scene.Source.Calls.Count;
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(calls, scene.Source.Calls.Count);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return scene.Platform.Documents.Count == 6;
        });
        Assert.True(scene.Source.Of(Continue)[1].At - refused.At >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_file_that_Dropbox_never_gives_ends_in_the_error_list_and_is_passed_by()
    {
        await using var scene = await StartAsync();
        var bad = scene.Source.Files.Find("/f2")!.Id;
        scene.Source.Intercept = call => call.Path == Download && call.Argument.Contains(bad, StringComparison.Ordinal)
            ? new Fault(409) { Body = """{"error_summary":"path/restricted_content/.."}""" }
            : null;
        await scene.RunAsync();
        Assert.Equal(5, scene.Platform.Files.Count);
        Assert.Equal("fetch", Assert.Single(await scene.Host.ErrorsAsync(scene.Token)).Stage);
        Assert.Equal("succeeded", (await scene.Host.LastRunAsync(scene.Token)).Outcome);
    }

    [Fact]
    public async Task A_file_that_vanishes_before_its_download_is_no_error()
    {
        await using var scene = await StartAsync(files: 1);
        scene.Source.Intercept = call =>
        {
            if (call.Path == Download)
            {
                scene.Source.Files.Delete("/f0");
            }

            return null;
        };
        await scene.RunAsync();
        Assert.Empty(await scene.Host.ErrorsAsync(scene.Token));
        scene.Source.Intercept = _ => null;
        await scene.RunAsync();
        Assert.Empty(scene.Platform.Documents);
    }

    [Fact]
    public async Task A_refusal_is_canceled()
    {
        await using var scene = await DropboxScene.StartAsync(connect: false);
        scene.Source.Refuses = true;
        Assert.Contains("state=canceled", (await scene.ConnectAsync()).Query, StringComparison.Ordinal);
        Assert.Empty(scene.Platform.Of("POST /oauth/access_token"));
    }

    [Fact]
    public async Task Removing_the_account_gives_the_grant_back()
    {
        await using var scene = await StartAsync();
        using var removed = await scene.Host.DeleteAsync("token?access_token=" + scene.Token);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        await Eventually.TrueAsync(() => scene.Source.Of("2/auth/token/revoke").Count == 1);
    }

    [Fact]
    public async Task A_signed_notice_starts_a_run_and_an_unsigned_one_does_not()
    {
        await using var scene = await DropboxScene.StartAsync(options => options.DebounceSeconds = 0);
        using var challenge = await scene.Host.GetAsync("webhook?challenge=abc-123");
        Assert.Equal("abc-123", await challenge.Content.ReadAsStringAsync());
        using var script = await scene.Host.GetAsync("webhook?challenge=" + Uri.EscapeDataString("<script>"));
        Assert.Equal(HttpStatusCode.BadRequest, script.StatusCode);

        var body = Encoding.UTF8.GetBytes($$$"""{"list_folder":{"accounts":["{{{DropboxEmulator.AccountId}}}"]}}""");
        Assert.Equal(HttpStatusCode.Forbidden, await NoticeAsync(scene, body, new string('0', 64)));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(DropboxEmulator.AppSecret), body);
        Assert.Equal(HttpStatusCode.OK, await NoticeAsync(scene, body, Convert.ToHexStringLower(signature)));
        await Eventually.TrueAsync(async () =>
            (await scene.Host.AccountAsync(scene.Token)).LastSuccess is not null);
        Assert.Equal("webhook", (await scene.Host.LastRunAsync(scene.Token)).Reason);
    }

    private static async Task<HttpStatusCode> NoticeAsync(DropboxScene scene, byte[] body, string signature)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhook") { Content = content };
        request.Headers.TryAddWithoutValidation("X-Dropbox-Signature", signature);
        using var reply = await scene.Host.Http.SendAsync(request);
        return reply.StatusCode;
    }
}
