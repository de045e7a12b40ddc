using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydrater.Http;
using AnyFetch.Hydrater.TestKit;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydraters.Tests.Hosts;

/// <summary>
/// A real Kestrel that hosts hydraters, and another that plays the core: files, callbacks and deletions.
/// </summary>
internal sealed class HttpRig : IHydraterRig
{
    // A document is converted and its pages are drawn, on however slow a machine.
    private static readonly TimeSpan s_taskMax = TimeSpan.FromMinutes(5);

    private readonly TempDirectory _temp = new();
    private readonly ConcurrentQueue<string> _deleted = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _files = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<JsonNode?>> _callbacks = new();
    private readonly Action<HydraterHostOptions>? _configure;
    private WebApplication? _core;
    private WebApplication? _host;
    private FakeCore? _documents;
    private int _task;

    internal HttpRig(Action<HydraterHostOptions>? configure = null) => _configure = configure;

    public string TempRoot => _temp.Path;

    public IReadOnlyCollection<string> Deleted => _deleted;

    internal HttpClient Client { get; } = new();

    internal string CoreUrl => _core!.Urls.First();

    internal string HydraterUrl { get; private set; } = "";

    /// <summary>The status that callbacks are answered with.</summary>
    internal Func<int> CallbackStatus { get; set; } = () => 204;

    public async Task<FakeCore> CoreAsync() => _documents ??= await FakeCore.StartAsync(CancellationToken.None);

    public async Task<JsonNode?> RunAsync(IHydrater hydrater, JsonObject document, byte[]? file, bool isFileGone = false)
    {
        document = (JsonObject)document.DeepClone();
        document["access_token"] = _documents is null ? document["access_token"]?.DeepClone() : FakeCore.AccessToken;
        await StartAsync(hydrater);
        var task = file is null && !isFileGone ? NewTask(null) : NewTask(async context =>
        {
            context.Response.StatusCode = isFileGone ? 410 : 200;
            if (!isFileGone)
            {
                await context.Response.Body.WriteAsync(file);
            }
        });
        var response = await PostAsync(task, document);
        Assert.Equal(202, (int)response.StatusCode);
        await IdleAsync();
        await StopHostAsync();
        return Callbacks(task).SingleOrDefault();
    }

    internal async Task StartAsync(IHydrater hydrater)
    {
        _core ??= await StartCoreAsync();
        var builder = NewBuilder();
        builder.Services.AddAnyFetchHydraterHost(options =>
        {
            options.Run = new HydrationRunOptions { TempFolder = _temp.Path, RetrySeconds = [0.01] };
            options.AllowedPrivateHosts.Add("127.0.0.1");
            options.CallbackRetrySeconds.Clear();
            options.CallbackRetrySeconds.Add(0.01);
            options.DrainSeconds = 60;
            _configure?.Invoke(options);
        });
        _host = builder.Build();
        _host.MapAnyFetchHydrater(hydrater);
        await _host.StartAsync();
        HydraterUrl = _host.Urls.First() + "/hydraters/" + hydrater.Descriptor.ShortName;
    }

    /// <summary>Makes a task with a file, or without; returns its name, used in both URLs.</summary>
    internal string NewTask(Func<HttpContext, Task>? file)
    {
        var task = $"task{Interlocked.Increment(ref _task)}";
        _callbacks[task] = new ConcurrentQueue<JsonNode?>();
        if (file is not null)
        {
            _files[task] = file;
        }

        return task;
    }

    internal Task<HttpResponseMessage> PostAsync(string task, JsonObject document, int priority = 0, string? filePath = null) =>
        Client.PostAsJsonAsync(HydraterUrl + "/hydrate", new JsonObject
        {
            ["file_path"] = filePath ?? (_files.ContainsKey(task) ? $"{CoreUrl}/file/{task}" : null),
            ["callback"] = $"{CoreUrl}/callback/{task}",
            ["priority"] = priority,
            ["document"] = document.DeepClone(),
        });

    internal IReadOnlyList<JsonNode?> Callbacks(string task) => [.. _callbacks[task]];

    internal async Task<JsonObject> StatusAsync() => (await Client.GetFromJsonAsync<JsonObject>(HydraterUrl + "/status"))!;

    internal Task IdleAsync() => Eventually.TrueAsync(
        async () => await StatusAsync() is var status && (int)status["pending"]! + (int)status["processing"]! == 0,
        s_taskMax,
        "no task is left");

    internal async Task StopHostAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            await _host.DisposeAsync();
            _host = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        if (_core is not null)
        {
            await _core.DisposeAsync();
        }

        if (_documents is not null)
        {
            await _documents.DisposeAsync();
        }

        Client.Dispose();
        _temp.Dispose();
    }

    private async Task<WebApplication> StartCoreAsync()
    {
        var core = NewBuilder().Build();
        core.MapGet("/file/{task}", (HttpContext context, string task) => _files[task](context));
        core.MapPatch("/callback/{task}", async (HttpContext context, string task) =>
        {
            var status = CallbackStatus();
            if (status is 204 or 410)
            {
                _callbacks[task].Enqueue(await JsonNode.ParseAsync(context.Request.Body));
            }

            context.Response.StatusCode = status;
        });
        core.MapDelete("/documents/identifier/{identifier}", async (HttpContext context, string identifier) =>
        {
            if (_documents is not null)
            {
                await ForwardAsync(context);
                return;
            }

            Assert.Equal("Bearer secret-token", context.Request.Headers.Authorization);
            _deleted.Enqueue(Uri.UnescapeDataString(identifier));
            context.Response.StatusCode = 204;
        });
        core.MapFallback(ForwardAsync);
        await core.StartAsync();
        return core;
    }

    /// <summary>The Fetch API stands at the host of the callbacks; here it is another server's.</summary>
    private async Task ForwardAsync(HttpContext context)
    {
        if (_documents is null)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_documents.Url, target))
        {
            Content = new StreamContent(context.Request.Body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", (string?)context.Request.Headers.Authorization);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        using var response = await Client.SendAsync(request);
        context.Response.StatusCode = (int)response.StatusCode;
        if (context.Response.StatusCode != 204)
        {
            context.Response.ContentType = "application/json";
            await response.Content.CopyToAsync(context.Response.Body);
        }
    }

    private static WebApplicationBuilder NewBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder;
    }
}
