using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Server.Operator;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>The main job: <c>anyfetch up DIRECTORY</c>, and a search that finds what is in it.</summary>
public sealed class DirectoryTests : IAsyncLifetime
{
    private readonly TempDirectory _files = new();
    private readonly TempDirectory _data = new();
    private readonly ServerChild _server;
    private AnyFetchClient _client = null!;

    public DirectoryTests() => _server = new ServerChild(_data.Path);

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_files.File("deep/er"));
        await File.WriteAllTextAsync(_files.File("first.txt"), "The aardvark sleeps.\n");
        await File.WriteAllTextAsync(_files.File("deep/er/second.md"), "# Beetles\n\nA *beetle* crawls.\n");
        await File.WriteAllTextAsync(_files.File("deep/page.html"), "<h1>Cats</h1><script>dog()</script><p>A cat purrs.</p>");
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Every_file_is_found_by_its_words_and_no_file_by_its_scripts()
    {
        await FoundAsync("aardvark", "first.txt");
        await FoundAsync("beetle", "second.md");
        await FoundAsync("cat", "page.html");

        Assert.Equal(0, await CountAsync("dog"));
    }

    [Fact]
    public async Task Changed_added_and_deleted_files_are_picked_up_while_it_runs()
    {
        await FoundAsync("aardvark", "first.txt");
        await FoundAsync("cat", "page.html");

        await File.WriteAllTextAsync(_files.File("first.txt"), "The zebra runs now.\n");
        await File.WriteAllTextAsync(_files.File("third.txt"), "An elephant is new.\n");
        File.Delete(_files.File("deep/page.html"));

        await FoundAsync("zebra", "first.txt");
        await FoundAsync("elephant", "third.txt");
        await GoneAsync("aardvark");
        await GoneAsync("cat");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_with_the_reason_and_found_by_its_name()
    {
        await File.WriteAllTextAsync(_files.File("broken.pdf"), "%PDF-1.4 and nothing else");

        await FoundAsync("broken", "broken.pdf");
        var failure = await FailedAsync();

        Assert.Equal("/broken.pdf", failure.Path);
        Assert.Equal("plaintext", failure.Hydrater);
        Assert.NotEmpty(failure.Error);
    }

    [Fact]
    public async Task A_second_start_sends_only_what_changed_in_between()
    {
        await FoundAsync("aardvark", "first.txt");
        await FoundAsync("beetle", "second.md");
        await FoundAsync("cat", "page.html");

        // What is found may still be on its way to be remembered as sent: a stop before would have it sent again.
        await LoggedAsync("is searchable: 3 documents.");
        Assert.Equal(0, await _server.StopAsync());
        await File.WriteAllTextAsync(_files.File("fourth.txt"), "A giraffe came overnight.\n");
        File.Delete(_files.File("first.txt"));

        await StartAsync();

        await FoundAsync("giraffe", "fourth.txt");
        await GoneAsync("aardvark");
        await LoggedAsync("is searchable: 3 documents. 1 sent, 1 deleted, 2 unchanged");
    }

    private async Task StartAsync()
    {
        await _server.StartAsync("up", _files.Path);
        _client = new AnyFetchClient(_server.Http, _server.Url, AnyFetchCredentials.Bearer(await _server.GetTokenAsync()));
    }

    private async Task<OperatorFailure> FailedAsync()
    {
        OperatorFailures? failures = null;
        await Eventually.TrueAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Url, "operator/failed"));
                request.Headers.TryAddWithoutValidation("Authorization", $"Operator {OperatorKey.TryRead(_data.Path)}");
                using var response = await _server.Http.SendAsync(request);
                failures = JsonSerializer.Deserialize(
                    await response.Content.ReadAsStringAsync(), OperatorJson.Default.OperatorFailures);
                return failures!.Count == 1;
            },
            TimeSpan.FromSeconds(60),
            "the broken file is listed");
        return failures!.Latest[0];
    }

    private async Task<int> CountAsync(string words) =>
        (await _client.Documents.SearchAsync(new DocumentSearch { Search = words }, default)).Count;

    private Task FoundAsync(string words, string name) => Eventually.TrueAsync(
        async () =>
        {
            var page = await _client.Documents.SearchAsync(new DocumentSearch { Search = words }, default);
            return page.Count == 1 && page.Data[0].Identifier.EndsWith(name, StringComparison.Ordinal);
        },
        TimeSpan.FromSeconds(60),
        $"'{words}' finds {name}");

    private Task GoneAsync(string words) =>
        Eventually.TrueAsync(async () => await CountAsync(words) == 0, TimeSpan.FromSeconds(60), $"'{words}' finds nothing");

    private Task LoggedAsync(string text) => Eventually.TrueAsync(
        () => _server.Log.Any(line => line.Contains(text, StringComparison.Ordinal)),
        TimeSpan.FromSeconds(60),
        $"'{text}' is printed; there is: {string.Join('\n', _server.Log)}");
}
