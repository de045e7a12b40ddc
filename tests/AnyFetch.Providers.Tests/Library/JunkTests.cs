using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Provider;
using AnyFetch.Provider.Store;
using AnyFetch.Providers.Tests.Fakes;
using AnyFetch.Testing;

namespace AnyFetch.Providers.Tests.Library;

/// <summary>What a company takes for junk, from the update to the listing.</summary>
public sealed class JunkTests
{
    private static readonly string[] s_source = ["a.txt", "b.log", "c.tmp", "d.pdf"];

    [Fact]
    public async Task A_companys_list_reaches_listing_and_fetcher_and_outlives_a_restart()
    {
        await using var scene = await StartAsync();
        var fetched = new List<JunkNames>();
        scene.Script.Fetch = (item, context, _) =>
        {
            lock (fetched)
            {
                fetched.Add(context.Junk);
            }

            return Task.FromResult<FetchResult>(new FetchResult.Send(new DocumentDraft(), null));
        };
        await scene.Host.RunAsync("T", ("junk_names", """["*.pdf"]"""));
        Assert.Equal(["a.txt", "b.log", "c.tmp"], Stored(scene));
        Assert.All(fetched, junk => Assert.Equal(["*.pdf"], junk.Files));
        Assert.All(fetched, junk => Assert.Equal(JunkNames.DefaultFolders, junk.Folders));

        await scene.RestartAsync();
        await scene.Host.RunAsync("T", ("full", "1"));
        await scene.Host.Runtime.Scheduler.RequestSoonAsync(1, "schedule", CancellationToken.None, full: true);
        Assert.Equal(3, await scene.Host.RunsAsync("T", atLeast: 3));
        Assert.Equal(["a.txt", "b.log", "c.tmp"], Stored(scene));
    }

    [Fact]
    public async Task A_changed_list_makes_one_run_full_and_null_is_the_default_again()
    {
        await using var scene = await StartAsync();
        await scene.Host.RunAsync("T");
        Assert.Equal(["a.txt", "d.pdf"], Stored(scene));
        Assert.Equal(2, (await scene.Host.LastRunAsync("T")).Excluded);

        await scene.Host.RunAsync("T", ("junk_names", """["*.tmp","*.x"]"""), ("junk_folders", "[]"));
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "b.log", "d.pdf"], Stored(scene));

        // The same in other words is no change, and neither is silence.
        await scene.Host.RunAsync("T", ("junk_names", """["*.X","*.tmp","*.TMP"]"""));
        Assert.Equal("incremental", (await scene.Host.LastRunAsync("T")).Mode);
        await scene.Host.RunAsync("T");
        Assert.Equal("incremental", (await scene.Host.LastRunAsync("T")).Mode);

        await PostAsync(scene, """{"access_token":"T","junk_names":null,"junk_folders":null}""", HttpStatusCode.Accepted);
        await scene.Host.IdleAsync("T");
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "d.pdf"], Stored(scene));
    }

    [Fact]
    public async Task Where_the_company_has_no_list_the_providers_own_counts()
    {
        var own = JunkNames.Default;
        await using var scene = await StartAsync(options => options.Junk = own);
        await scene.Host.RunAsync("T");
        Assert.Equal(["a.txt", "d.pdf"], Stored(scene));

        own = new JunkNames(["*.tmp"], null);
        await scene.RestartAsync();
        await scene.Host.RunAsync("T");
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "b.log", "d.pdf"], Stored(scene));

        await scene.Host.RunAsync("T", ("junk_names", "*.pdf"));
        Assert.Equal(["a.txt", "b.log", "c.tmp"], Stored(scene));
    }

    [Theory]
    [InlineData("""{"access_token":"T","junk_names":["*.pdf","[1].*"]}""", "*.pdf [1].*")]
    [InlineData("""{"access_token":"T","junk_names":"[\"*.pdf\"]"}""", "*.pdf")]
    [InlineData("access_token=T&junk_names=*.pdf&junk_names=*.log", "*.pdf *.log")]
    [InlineData("access_token=T&junk_names=*.pdf", "*.pdf")]
    [InlineData("access_token=T&junk_names=%5B%22*.pdf%22%5D", "*.pdf")]
    [InlineData("""{"access_token":"T","junk_names":[]}""", "")]
    public async Task A_list_is_read_from_JSON_and_from_forms(string body, string expected)
    {
        await using var scene = await StartAsync();
        await PostAsync(scene, body, HttpStatusCode.Accepted);
        await scene.Host.IdleAsync("T");
        Assert.Equal(expected, string.Join(' ', (await scene.Host.AccountAsync("T")).Junk.Files!));
    }

    [Theory]
    [InlineData("""{"access_token":"T","junk_names":["a/b"]}""", "junk_names has names of 1 to 200 characters")]
    [InlineData("""{"access_token":"T","junk_names":["*"]}""", "junk_names has names of 1 to 200 characters")]
    [InlineData("""{"access_token":"T","junk_folders":[""]}""", "junk_folders has names of 1 to 200 characters")]
    [InlineData("""{"access_token":"T","junk_names":["a",null]}""", "junk_names must be an array of texts")]
    [InlineData("""{"access_token":"T","junk_names":["a",1]}""", "junk_names must be an array of texts")]
    [InlineData("""{"access_token":"T","junk_names":["\ud800"]}""", "junk_names must be an array of texts")]
    [InlineData("""{"access_token":"T","junk_names":"*.pdf"}""", "junk_names must be an array of texts")]
    [InlineData("""{"access_token":"T","junk_names":5}""", "junk_names must be an array of texts")]
    [InlineData("""{"access_token":"T","junk_folders":{}}""", "junk_folders must be an array of texts")]
    [InlineData("access_token=T&junk_names=[a", "junk_names must be an array of texts")]
    public async Task A_wrong_list_is_refused_and_changes_nothing(string body, string message)
    {
        await using var scene = await StartAsync();
        await scene.Host.RunAsync("T", ("junk_names", "*.pdf"));
        var reply = await PostAsync(scene, body, HttpStatusCode.Conflict);
        Assert.Equal("InvalidArgument", (string?)reply!["code"]);
        Assert.StartsWith(message, (string?)reply["message"], StringComparison.Ordinal);
        Assert.Equal(["*.pdf"], (await scene.Host.AccountAsync("T")).Junk.Files!);
        Assert.Equal(1, await scene.Host.RunsAsync("T", atLeast: 1));
    }

    [Theory]
    [InlineData("junk_names", JunkNames.FilesMax)]
    [InlineData("junk_folders", JunkNames.FoldersMax)]
    public async Task A_list_has_a_largest_size(string name, int most)
    {
        await using var scene = await StartAsync();
        var names = Enumerable.Range(0, most).Select(i => $"n{i}").ToList();
        await scene.Host.RunAsync("T", (name, Json(names)));
        var body = $$"""{"access_token":"T","{{name}}":{{Json([.. names, "more"])}}}""";
        var reply = await PostAsync(scene, body, HttpStatusCode.Conflict);
        Assert.Equal($"{name} has at most {most} names.", (string?)reply!["message"]);
    }

    [Fact]
    public async Task A_list_that_changes_while_another_run_lists_is_used_by_one_that_follows()
    {
        await using var scene = await StartAsync();
        var goesOn = new TaskCompletionSource();
        var sync = scene.Script.Sync;
        scene.Script.Sync = (context, stop) => HeldAsync(goesOn.Task, sync(context, stop), stop);
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T"));
        await Eventually.TrueAsync(
            async () => (await scene.Host.AccountAsync("T")).JunkListed is not null, what: "the first run lists");
        Assert.Equal(HttpStatusCode.NoContent, await scene.Host.UpdateAsync("T", ("junk_names", "*.pdf")));
        goesOn.SetResult();
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "b.log", "c.tmp"], Stored(scene));
    }

    [Fact]
    public async Task A_listing_that_was_cut_begins_again_with_a_changed_list_and_goes_on_with_the_same()
    {
        await using var scene = await StartAsync();
        var cursors = new List<string?>();
        scene.Script.Sync = (context, _) => CutAsync(context, cursors);
        await scene.Host.RunAsync("T", ("junk_names", "*.log"));
        await scene.Host.RunAsync("T", ("junk_names", "*.log"));
        await scene.Host.RunAsync("T", ("junk_names", "*.tmp"));
        await scene.Host.RunAsync("T");
        Assert.Equal([null, "half", null, "half"], cursors);
    }

    [Fact]
    public async Task A_dry_run_shows_what_a_list_would_do_and_keeps_it_to_itself()
    {
        await using var scene = await StartAsync();
        await scene.Host.RunAsync("T");
        Assert.Equal(HttpStatusCode.Accepted, await scene.Host.UpdateAsync("T", ("dry_run", "1"), ("junk_names", "*.pdf")));
        Assert.Equal(2, await scene.Host.RunsAsync("T", atLeast: 2));
        var report = await scene.Host.LastRunAsync("T");
        Assert.Equal(("dry_run", 1, 2), (report.Mode, report.Excluded, report.Backlog));
        Assert.Null((await scene.Host.AccountAsync("T")).Junk.Files);

        await scene.Host.RunAsync("T");
        Assert.Equal("incremental", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "d.pdf"], Stored(scene));
    }

    [Fact]
    public async Task Updating_one_document_takes_the_list_along_and_the_next_run_is_full()
    {
        await using var scene = await StartAsync();
        await scene.Host.RunAsync("T");
        using var reply = await scene.Host.PostAsync("update/b.log", ("access_token", "T"), ("junk_names", "*.pdf"));
        Assert.Equal(HttpStatusCode.Accepted, reply.StatusCode);
        await Eventually.TrueAsync(() => Stored(scene).Contains("b.log"), what: "the document arrives");
        Assert.DoesNotContain("c.tmp", Stored(scene));

        // Who may see what is asked between: that lists nothing.
        await scene.Host.RunAsync("T", ("permissions", "1"));
        await scene.Host.RunAsync("T");
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "b.log", "c.tmp"], Stored(scene));
    }

    [Fact]
    public async Task A_store_from_before_such_lists_opens_and_lists_anew_only_for_another_list()
    {
        await using var scene = await StartAsync();
        await scene.Host.RunAsync("T");
        await scene.Host.Store.Queue.RunAsync(
            connection => connection.ExecuteScript(
                """
                ALTER TABLE accounts DROP COLUMN junk_names;
                ALTER TABLE accounts DROP COLUMN junk_folders;
                ALTER TABLE accounts DROP COLUMN junk_listed;
                PRAGMA user_version = 5;
                """),
            CancellationToken.None);
        await scene.RestartAsync();
        Assert.Equal(JunkList.Default, (await scene.Host.AccountAsync("T")).Junk);
        await scene.Host.RunAsync("T");
        Assert.Equal("incremental", (await scene.Host.LastRunAsync("T")).Mode);
        await scene.Host.RunAsync("T", ("junk_names", "*.log"));
        Assert.Equal("full", (await scene.Host.LastRunAsync("T")).Mode);
        Assert.Equal(["a.txt", "c.tmp", "d.pdf"], Stored(scene));
    }

    [Fact]
    public async Task A_connection_that_is_renewed_keeps_the_list_and_another_account_has_its_own()
    {
        await using var scene = await StartAsync();
        await scene.Host.AddAccountAsync("U");
        await scene.Host.RunAsync("T", ("junk_names", "*.pdf"), ("junk_folders", """["old"]"""));
        await scene.Host.Store.Accounts.RenewAsync(1, "ann", [], CancellationToken.None);
        var renewed = (await scene.Host.AccountAsync("T")).Junk;
        Assert.Equal(["*.pdf"], renewed.Files!);
        Assert.Equal(["old"], renewed.Folders!);
        Assert.Equal(JunkList.Default, (await scene.Host.AccountAsync("U")).Junk);
    }

    /// <summary>A source of four files that never change: an incremental listing tells of none.</summary>
    private static async Task<Scene> StartAsync(Action<AnyFetchProviderOptions>? configure = null)
    {
        var scene = await Scene.StartAsync(configure);
        scene.Script.Sync = (context, _) => ListAsync(context);
        return scene;
    }

    private static async IAsyncEnumerable<SyncItem> ListAsync(SyncContext context)
    {
        foreach (var name in context.Cursor is null ? s_source : [])
        {
            if (!context.ExcludesFile(name))
            {
                yield return new SyncItem.Upsert(name) { Version = "1" };
            }
        }

        yield return new SyncItem.Checkpoint("1");
        yield return new SyncItem.ListingComplete();
        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<SyncItem> CutAsync(SyncContext context, List<string?> cursors)
    {
        cursors.Add(context.Cursor);
        if (context.Cursor is null)
        {
            yield return new SyncItem.Upsert("a") { Version = "1" };
            yield return new SyncItem.Checkpoint("half");
            throw new SourceException(HttpStatusCode.Forbidden, "The source ends here.");
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<SyncItem> HeldAsync(
        Task goesOn, IAsyncEnumerable<SyncItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await goesOn.WaitAsync(cancellationToken);
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return item;
        }
    }

    private static string[] Stored(Scene scene) => [.. scene.Platform.Documents.Keys.Select(key => key.Identifier).Order()];

    private static string Json(IEnumerable<string> names) =>
        new JsonArray([.. names.Select(name => (JsonNode)name)]).ToJsonString();

    private static async Task<JsonNode?> PostAsync(Scene scene, string body, HttpStatusCode expected)
    {
        var type = body.StartsWith('{') ? "application/json" : "application/x-www-form-urlencoded";
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var reply = await scene.Host.Http.PostAsync("update", content);
        Assert.Equal(expected, reply.StatusCode);
        return expected == HttpStatusCode.Accepted ? null : await reply.Content.ReadFromJsonAsync<JsonNode>();
    }
}
