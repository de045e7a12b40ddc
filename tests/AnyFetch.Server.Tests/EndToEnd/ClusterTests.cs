using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>Several nodes over one PostgreSQL, with no other coordination.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task What_one_node_takes_another_hydrates_and_a_third_finds()
    {
        using var files = new TempDirectory();
        using var workerData = new TempDirectory();
        var database = await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
        (string, string)[] shared =
        [
            ("Store:Type", "PostgreSql"), ("Store:ConnectionString", database), ("Store:DataDirectory", files.Path),
            ("Store:PollSeconds", "1"), ("PublicUrl", "http://cluster.example.org"), ("Roles:0", "api"),
        ];
        await using var first = await TestServer.StartAsync(shared);
        await using var second = await TestServer.StartAsync(shared);
        await using var worker = new ServerChild(
            workerData.Path,
            [.. shared.SkipLast(1).Select(s => $"{s.Item1}={s.Item2}"), "Roles:0=worker"]);
        await worker.StartAsync();

        var draft = new DocumentDraft { Identifier = "a", Metadata = new JsonObject { ["path"] = "/a.txt" } };
        var document = await first.Admin.Documents.PostAsync(draft, default);
        await first.Admin.Documents.UploadFileAsync(
            DocumentRef.ById(document.Id), FileOf("An okapi lives here."), default);

        Assert.Equal(first.AdminToken, second.AdminToken);
        await TestServer.WaitForCountAsync(second.Admin, new DocumentSearch { Search = "okapi" }, 1);
        await TestServer.WaitForCountAsync(first.Admin, new DocumentSearch { Search = "okapi" }, 1);
    }

    private static DocumentFile FileOf(string text) => new()
    {
        Name = "a.txt",
        Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text))),
    };
}
