using System.Net;
using System.Text.Json.Nodes;

namespace AnyFetch.Certification;

/// <summary>What checks demand; each says what it found instead.</summary>
internal static class Expect
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static void True(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CheckFailedException(otherwise);
        }
    }

    public static void Status(HttpResponseMessage reply, params ReadOnlySpan<HttpStatusCode> allowed)
    {
        var what = $"{reply.RequestMessage!.Method} {reply.RequestMessage.RequestUri!.AbsolutePath}";
        True(
            allowed.Contains(reply.StatusCode),
            $"{what} answered {(int)reply.StatusCode} instead of {string.Join(" or ", allowed.ToArray().Select(s => (int)s))}.");
    }

    /// <summary>An error of the documented shape.</summary>
    public static async Task ErrorAsync(HttpResponseMessage reply, HttpStatusCode status, string code)
    {
        Status(reply, status);
        var text = await reply.Content.ReadAsStringAsync();
        JsonNode? body = null;
        try
        {
            body = JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            // Told below.
        }

        True(
            (body as JsonObject)?["code"]?.ToString() == code && (body as JsonObject)?["message"] is not null,
            $"The body of {(int)status} must be {{\"code\": \"{code}\", \"message\": …}}; it is: {text}");
    }

    /// <summary>Waits for something to happen, asking again and again.</summary>
    public static Task WithinAsync(int seconds, Func<bool> condition, string otherwise, CancellationToken cancellationToken) =>
        WithinAsync(seconds, () => Task.FromResult(condition()), otherwise, cancellationToken);

    /// <summary>Waits for something to happen, asking again and again.</summary>
    public static async Task WithinAsync(
        int seconds, Func<Task<bool>> condition, string otherwise, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds, otherwise);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
