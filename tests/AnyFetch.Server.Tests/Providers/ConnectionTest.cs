using System.Net;
using AngleSharp.Html.Dom;
using AnyFetch.Client;
using AnyFetch.Emulators;
using AnyFetch.Server.Tests.Manager;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.Providers;

/// <summary>A server with one built-in provider over an emulated service, and a person at its manager.</summary>
/// <param name="name">The provider's name in addresses.</param>
/// <param name="title">Its name for people; without spaces, the section of its options.</param>
public abstract class ConnectionTest(string name, string title) : IAsyncLifetime
{
    protected SourceEmulator Source { get; private set; } = null!;

    protected TestServer Server { get; private set; } = null!;

    protected Browser Person { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Source = await StartSourceAsync();
        var section = $"Providers:{title.Replace(" ", "", StringComparison.Ordinal)}:";
        Server = await TestServer.StartAsync(
            [.. Settings.Select(setting => (section + setting.Key, setting.Value)), ("Api:ProviderTimeoutSeconds", "60")]);
        Person = await Browser.SignedInAsync(Server);
        await Eventually.TrueAsync(async () =>
            (await Person.GetAsync($"/providers/{name}/status")).StatusCode == HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        Person.Dispose();
        await Server.DisposeAsync();
        await Source.DisposeAsync();
    }

    /// <summary>The account's name, as the connection finds it.</summary>
    protected abstract string AccountName { get; }

    /// <summary>What the provider needs to meet the service, by the names of its options.</summary>
    protected abstract IEnumerable<(string Key, string Value)> Settings { get; }

    protected abstract Task<SourceEmulator> StartSourceAsync();

    protected async Task<string> ConnectAsync()
    {
        var page = await Person.OpenAsync("/manager");
        var tile = page.QuerySelectorAll(".tiles li").Single(
            candidate => candidate.TextContent.Contains(title, StringComparison.Ordinal));
        var end = await Person.FollowAsync(tile.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal("/connect?state=success", end.PathAndQuery);
        var sources = await Person.OpenAsync("/manager");
        Assert.Contains(AccountName, sources.Body!.TextContent, StringComparison.Ordinal);
        return sources.QuerySelector(".rows a[href^='/manager/sources/']")!.GetAttribute("href")!;
    }

    // While a run is at work a request for another is dropped. One look must show the rest and bear the button: a run that begins
    // after it has begun after everything that the test did before.
    protected async Task PressAsync(string source, string action)
    {
        IHtmlDocument page = null!;
        await Eventually.TrueAsync(
            async () => IsAtRest(page = await Person.OpenAsync(source)), what: $"{source} is at rest before '{action}' is pressed");
        using var answer = await Person.SubmitAsync(page, $"form[action$='/do/{action}']");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    protected Task RestsAsync(string source) => Eventually.TrueAsync(
        async () => IsAtRest(await Person.OpenAsync(source)), what: $"{source} is at rest");

    protected Task ShowsAsync(string path, string text) =>
        Eventually.TrueAsync(async () => (await TextAsync(path)).Contains(text, StringComparison.Ordinal), what: text);

    protected async Task<string> TextAsync(string path) => (await Person.OpenAsync(path)).Body!.TextContent;

    // Without a state the provider was too slow to tell.
    private static bool IsAtRest(IHtmlDocument page) => page.QuerySelector("dl.facts dd")?.TextContent is { } state
        && !state.StartsWith("at work", StringComparison.Ordinal)
        && !state.StartsWith("waiting for its turn", StringComparison.Ordinal)
        && !state.StartsWith("the source asked to wait", StringComparison.Ordinal);

    protected Task<SearchPage> SearchAsync(string words) =>
        Server.Admin.Documents.SearchAsync(new DocumentSearch { Search = words }, default);

    protected Task FindAsync(string words, int count) =>
        Eventually.TrueAsync(async () => (await SearchAsync(words)).Count == count, what: $"{count} hits for {words}");
}
