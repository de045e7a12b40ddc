using System.Text;
using System.Text.Json.Nodes;
using AnyFetch.Hydraters.Plaintext;
using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>The text formats that people keep, each with a word that a search has to find.</summary>
public sealed class PlaintextTextTests : IAsyncLifetime
{
    private readonly InProcessRig _rig = new();

    [Theory]
    [InlineData("a.log", "12:00 zymurgy started", "text/plain")]
    [InlineData("a.py", "def f():\n    return 'zymurgy'\n", "text/plain")]
    [InlineData("a.rst", "Title\n=====\n\nzymurgy *em*\n", "text/plain")]
    [InlineData("a.tex", "\\documentclass{article}\\begin{document}zymurgy\\end{document}", "text/plain")]
    [InlineData("a.json", "{\"k\": \"zymurgy\"}", "application/json")]
    [InlineData("a.yaml", "k: zymurgy\n", "application/yaml")]
    [InlineData("a.js", "const k = 'zymurgy';", "text/javascript")]
    [InlineData("a.tsv", "k\tzymurgy\n", "text/tab-separated-values")]
    [InlineData(
        "a.xhtml",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x.dtd\"><html xmlns=\"http://www.w3.org/1999/xhtml\">"
        + "<body><p>zymurgy&nbsp;x</p></body></html>",
        "application/xhtml+xml")]
    public async Task A_text_is_found_by_its_words_whatever_it_is(string name, string content, string contentType)
    {
        var sent = await HydrateAsync(name, Encoding.UTF8.GetBytes(content));
        Assert.Contains("zymurgy", (string?)sent["metadata"]!["text"], StringComparison.Ordinal);
        Assert.Equal(contentType + "; charset=utf-8", (string?)sent["data"]!["content_type"]);
        Assert.Equal("document", (string?)sent["document_type"]);
    }

    [Fact]
    public async Task Utf_16_is_told_by_its_mark()
    {
        var sent = await HydrateAsync("a.txt", [0xff, 0xfe, .. Encoding.Unicode.GetBytes("zymurgy café")]);
        Assert.Equal("zymurgy café", (string?)sent["metadata"]!["text"]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    private async Task<JsonNode> HydrateAsync(string name, byte[] file) =>
        (await _rig.RunAsync(new PlaintextHydrater(new PlaintextHydraterOptions()), TaskDocument.File("/" + name), file))!;
}
