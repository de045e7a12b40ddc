using System.Text;
using System.Text.Json;
using AnyFetch.Core.Rendering;

namespace AnyFetch.Server.Images;

/// <summary>
/// One page in the browser, in a profile of its own. Its address is made up: the request for it is answered from here,
/// every other one but <c>data:</c> is stopped, and scripts are off before anything is loaded.
/// </summary>
internal sealed class BrowserPage(DevToolsConnection connection, PageImageRequest request, int heightPixelsMax)
{
    private const string Address = "http://document.invalid/";

    /// <summary>Stands beside the other walls: it would hold if one of them fell.</summary>
    private const string ContentPolicy =
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _session = "";
    private bool _isServed;

    /// <summary>The image, as a PNG file.</summary>
    /// <exception cref="BrowserFailureException">The browser or the page died.</exception>
    public async Task<byte[]> DrawAsync(string context, CancellationToken cancellationToken)
    {
        await OpenAsync(context, cancellationToken).ConfigureAwait(false);
        try
        {
            await LoadAsync(cancellationToken).ConfigureAwait(false);
            var width = request.WidthPixels ?? await FitAsync(cancellationToken).ConfigureAwait(false);
            var (_, height) = await MeasureAsync(cancellationToken).ConfigureAwait(false);
            return await CaptureAsync(width, Math.Clamp(height, 1, heightPixelsMax), cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            connection.Forget(_session);
        }
    }

    private async Task OpenAsync(string context, CancellationToken cancellationToken)
    {
        var target = await connection.CallAsync(
            null,
            "Target.createTarget",
            p =>
            {
                p.WriteString("url"u8, "about:blank"u8);
                p.WriteString("browserContextId"u8, context);
            },
            cancellationToken).ConfigureAwait(false);
        var attached = await connection.CallAsync(
            null,
            "Target.attachToTarget",
            p =>
            {
                p.WriteString("targetId"u8, target.GetProperty("targetId"u8).GetString());
                p.WriteBoolean("flatten"u8, true);
            },
            cancellationToken).ConfigureAwait(false);
        _session = attached.GetProperty("sessionId"u8).GetString()!;
        connection.Listen(_session, OnEvent);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await CallAsync("Inspector.enable", null, cancellationToken).ConfigureAwait(false);
        await CallAsync("Page.enable", null, cancellationToken).ConfigureAwait(false);
        await CallAsync("Emulation.setScriptExecutionDisabled", p => p.WriteBoolean("value"u8, true), cancellationToken)
            .ConfigureAwait(false);
        await CallAsync("Fetch.enable", null, cancellationToken).ConfigureAwait(false);
        await ResizeAsync(request.WidthPixels ?? PageImageRequest.WidthPixelsMin, cancellationToken).ConfigureAwait(false);
        await CallAsync("Page.navigate", p => p.WriteString("url"u8, Address), cancellationToken).ConfigureAwait(false);
        await connection.WaitAsync(_loaded.Task, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the page as wide as its content asks for.</summary>
    private async Task<int> FitAsync(CancellationToken cancellationToken)
    {
        var (content, _) = await MeasureAsync(cancellationToken).ConfigureAwait(false);
        var width = Math.Clamp(content, PageImageRequest.WidthPixelsMin, PageImageRequest.WidthPixelsMax);
        await ResizeAsync(width, cancellationToken).ConfigureAwait(false);
        return width;
    }

    /// <summary>One pixel high: a page is never lower than its window, and short ones are to be short.</summary>
    private Task<JsonElement> ResizeAsync(int width, CancellationToken cancellationToken) => CallAsync(
        "Emulation.setDeviceMetricsOverride",
        p =>
        {
            p.WriteNumber("width"u8, width);
            p.WriteNumber("height"u8, 1);
            p.WriteNumber("deviceScaleFactor"u8, 1);
            p.WriteBoolean("mobile"u8, false);
        },
        cancellationToken);

    private async Task<(int Width, int Height)> MeasureAsync(CancellationToken cancellationToken)
    {
        var metrics = await CallAsync("Page.getLayoutMetrics", null, cancellationToken).ConfigureAwait(false);
        var size = metrics.GetProperty("cssContentSize"u8);
        return (Ceiling(size.GetProperty("width"u8)), Ceiling(size.GetProperty("height"u8)));
    }

    private static int Ceiling(JsonElement pixels) => (int)Math.Min(int.MaxValue, Math.Ceiling(pixels.GetDouble()));

    private async Task<byte[]> CaptureAsync(int width, int height, CancellationToken cancellationToken)
    {
        var captured = await CallAsync(
            "Page.captureScreenshot",
            p =>
            {
                p.WriteString("format"u8, "png"u8);
                p.WriteBoolean("captureBeyondViewport"u8, true);
                p.WriteStartObject("clip"u8);
                p.WriteNumber("x"u8, 0);
                p.WriteNumber("y"u8, 0);
                p.WriteNumber("width"u8, width);
                p.WriteNumber("height"u8, height);
                p.WriteNumber("scale"u8, 1);
                p.WriteEndObject();
            },
            cancellationToken).ConfigureAwait(false);
        return captured.GetProperty("data"u8).GetBytesFromBase64();
    }

    private Task<JsonElement> CallAsync(
        string method,
        Action<Utf8JsonWriter>? parameters,
        CancellationToken cancellationToken) => connection.CallAsync(_session, method, parameters, cancellationToken);

    private void OnEvent(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "Fetch.requestPaused":
                _ = AnswerRequestAsync(parameters);
                break;
            case "Page.loadEventFired" when _isServed:
                _loaded.TrySetResult();
                break;
            case "Inspector.targetCrashed":
                _loaded.TrySetException(new BrowserFailureException("The page crashed."));
                break;
        }
    }

    private async Task AnswerRequestAsync(JsonElement paused)
    {
        var id = paused.GetProperty("requestId"u8).GetString();
        var address = paused.GetProperty("request"u8).GetProperty("url"u8).GetString() ?? "";
        try
        {
            if (address == Address && !_isServed)
            {
                _isServed = true;
                await CallAsync("Fetch.fulfillRequest", p => WriteDocument(p, id), default).ConfigureAwait(false);
            }
            else if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                await CallAsync("Fetch.continueRequest", p => p.WriteString("requestId"u8, id), default)
                    .ConfigureAwait(false);
            }
            else
            {
                await CallAsync("Fetch.failRequest", p => WriteRefusal(p, id), default).ConfigureAwait(false);
            }
        }
        catch (BrowserFailureException e)
        {
            _loaded.TrySetException(e);
        }
    }

    private void WriteDocument(Utf8JsonWriter writer, string? id)
    {
        writer.WriteString("requestId"u8, id);
        writer.WriteNumber("responseCode"u8, 200);
        writer.WriteStartArray("responseHeaders"u8);
        WriteHeader(writer, "Content-Type", "text/html; charset=utf-8");
        WriteHeader(writer, "Content-Security-Policy", ContentPolicy);
        writer.WriteEndArray();
        writer.WriteBase64String("body"u8, Encoding.UTF8.GetBytes(request.Html));
    }

    private static void WriteHeader(Utf8JsonWriter writer, string name, string value)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("value"u8, value);
        writer.WriteEndObject();
    }

    /// <summary>"Aborted" leaves the page where it is, when it was about to go elsewhere.</summary>
    private static void WriteRefusal(Utf8JsonWriter writer, string? id)
    {
        writer.WriteString("requestId"u8, id);
        writer.WriteString("errorReason"u8, "Aborted"u8);
    }
}
