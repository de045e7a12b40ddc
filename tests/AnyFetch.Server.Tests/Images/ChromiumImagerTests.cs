using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AnyFetch.Core.Errors;
using AnyFetch.Core.Rendering;
using AnyFetch.Server.Images;
using AnyFetch.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AnyFetch.Server.Tests.Images;

/// <summary>The walls around the browser, on raw pages that no sanitiser has seen.</summary>
public sealed class ChromiumImagerTests : IAsyncLifetime
{
    private readonly ChromiumImager _imager = Create(new PageImageOptions { TimeoutSeconds = 300, HeightPixelsMax = 3000 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _imager.DisposeAsync();

    [Fact]
    public async Task A_page_is_as_wide_as_asked_and_as_high_as_its_content_up_to_the_limit()
    {
        foreach (var width in new[] { 100, 777, 1920 })
        {
            var image = await DrawAsync("<body style='margin:0'><div style='height:50px;width:3000px'>x</div>", width);
            Assert.Equal((width, 50), (image.Width, image.Height));
        }

        var fitted = await DrawAsync("<body style='margin:0'><div style='height:20px;width:1234px'>x</div>", null);
        Assert.Equal((1234, 20), (fitted.Width, fitted.Height));
        Assert.Equal(1920, (await DrawAsync("<div style='width:5000px'>x</div>", null)).Width);
        Assert.Equal(3000, (await DrawAsync("<div style='height:90000px'>x</div>", 200)).Height);
    }

    [Fact]
    public async Task No_script_runs()
    {
        var image = await DrawAsync(
            """
            <body onload="document.body.style.background='#f00'">
            <script>document.write('<div style="background:#f00;height:50px">script</div>')</script>
            <img src="data:," onerror="document.body.style.background='#f00'">
            <svg onload="document.body.style.background='#f00'"></svg>
            <iframe srcdoc="<script>parent.document.body.style.background='#f00'</script>"></iframe>
            <noscript><div style="background:#00f;height:10px;width:10px"></div></noscript>
            """,
            300);
        Assert.Equal(0, image.Count(255, 0, 0));

        // Browsers show what is in "noscript" only where scripts are off.
        Assert.Equal(100, image.Count(0, 0, 255));
    }

    [Fact]
    public async Task Nothing_is_fetched_but_data_addresses_are_shown()
    {
        // Nobody accepts, so that whoever connected is still pending at the end.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var image = await DrawAsync(
            $$"""
            <head><link rel="preconnect" href="{{url}}"><link rel="dns-prefetch" href="{{url}}">
            <link rel="stylesheet" href="{{url}}/a.css"><meta http-equiv="refresh" content="0;url={{url}}/refresh">
            <style>@import "{{url}}/b.css"; @font-face { font-family: f; src: url({{url}}/f.woff) }
            p { font-family: f; background: url({{url}}/bg.png) }</style></head>
            <body><p>text</p><img src="{{url}}/a.png"><img src="//127.0.0.1/b.png"><img src="relative.png">
            <iframe src="{{url}}/frame"></iframe><object data="{{url}}/o"></object><video src="{{url}}/v" autoplay></video>
            <iframe src="file:///etc/passwd"></iframe>
            <img width="10" height="10" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYPgPAAEDAQAIicLsAAAAAElFTkSuQmCC">
            """,
            400);
        Assert.False(listener.Pending());
        Assert.Equal(400, image.Width);
        Assert.Equal(100, image.Count(0, 0, 255));
    }

    [Fact]
    public async Task A_browser_that_is_killed_under_a_page_is_replaced()
    {
        var rows = string.Concat(Enumerable.Repeat("<tr><td>some text<td>more text", 5_000));
        var drawing = _imager.DrawAsync(new PageImageRequest($"<table>{rows}</table>", 500), default).AsTask();
        await Eventually.TrueAsync(
            () => _imager.BrowserProcessId is not null || drawing.IsCompleted, TimeSpan.FromSeconds(120), "there is a browser");
        var first = _imager.BrowserProcessId!.Value;
        using (var process = Process.GetProcessById(first))
        {
            process.Kill(entireProcessTree: true);
        }

        // The page under which it was killed is drawn again.
        Assert.Null((await drawing).Error);
        Assert.Equal(200, (await DrawAsync("<p>next</p>", 200)).Width);
        Assert.NotEqual(first, _imager.BrowserProcessId);
    }

    [Fact]
    public async Task A_page_whose_browser_dies_while_it_loads_is_drawn_again_at_once()
    {
        // Answers everything, and ends where a browser would tell that the page is loaded. The next one is a real one.
        using var folder = new TempDirectory();
        var program = Program(folder, "dying-chromium", $$$"""
            #!/usr/bin/python3
            import json, os, sys
            if os.path.exists("{{{folder.File("once")}}}"):
                os.execvp("chromium", ["chromium", *sys.argv[1:]])
            open("{{{folder.File("once")}}}", "w").close()
            calls, answers = os.fdopen(3, "rb"), os.fdopen(4, "wb")
            message = bytearray()
            while (byte := calls.read(1)):
                if byte != bytes(1):
                    message += byte
                    continue
                call = json.loads(message)
                message.clear()
                result = {"browserContextId": "c", "targetId": "t", "sessionId": "s"}
                answers.write(json.dumps({"id": call["id"], "result": result}).encode() + bytes(1))
                answers.flush()
                if call["method"] == "Page.navigate":
                    break
            """);
        await using var imager = Create(new PageImageOptions { Program = program, TimeoutSeconds = 120 });

        Assert.Null((await imager.DrawAsync(new PageImageRequest("x", 100), default)).Error);
        Assert.True(File.Exists(folder.File("once")));
    }

    [Fact]
    public async Task The_browser_ends_when_nobody_wants_it()
    {
        await using var imager = Create(new PageImageOptions { TimeoutSeconds = 300, IdleSeconds = 1 });
        Assert.Null((await imager.DrawAsync(new PageImageRequest("x", 100), default)).Error);
        await Eventually.TrueAsync(() => imager.BrowserProcessId is null, TimeSpan.FromSeconds(60), "the browser has ended");
        Assert.Null((await imager.DrawAsync(new PageImageRequest("x", 100), default)).Error);
    }

    [Fact]
    public async Task Who_gives_up_or_finds_no_place_leaves_the_others_alone()
    {
        // A browser that begins when the test says so: the first page cannot be done before the others have been asked for.
        using var folder = new TempDirectory();
        var program = Program(
            folder, "late-chromium", $"#!/bin/sh\nwhile [ ! -e '{folder.File("go")}' ]; do sleep 0.05; done\nexec chromium \"$@\"\n");
        await using var imager = Create(
            new PageImageOptions { Program = program, TimeoutSeconds = 300, PagesMax = 1, WaitingMax = 1 });
        using var given = new CancellationTokenSource();
        var first = imager.DrawAsync(new PageImageRequest("first", 100), default).AsTask();
        var second = imager.DrawAsync(new PageImageRequest("second", 100), given.Token).AsTask();
        var third = await imager.DrawAsync(new PageImageRequest("third", 100), default);
        Assert.Equal(ErrorCode.ServiceUnavailable, third.Error?.Code);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await File.WriteAllTextAsync(folder.File("go"), "");
        Assert.Null((await first).Error);
    }

    private static string Program(TempDirectory folder, string name, string script)
    {
        File.WriteAllText(folder.File(name), script);
        File.SetUnixFileMode(folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder.File(name);
    }

    private static ChromiumImager Create(PageImageOptions options) =>
        new(Options.Create(options), TimeProvider.System, NullLogger<ChromiumImager>.Instance);

    private async Task<Png> DrawAsync(string html, int? width)
    {
        var image = await _imager.DrawAsync(new PageImageRequest("<!DOCTYPE html>" + html, width), default);
        Assert.Null(image.Error);
        return Png.Read(image.Png.Span);
    }
}
