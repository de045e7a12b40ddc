using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>Whether the mailbox is watched: <c>users.watch</c> and <c>users.stop</c> of the reference.</summary>
public sealed class GmailWatches(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private (string Topic, DateTimeOffset Ends)? _watch;

    /// <summary>The topic that changes are published to; null while the mailbox is not watched.</summary>
    public string? Topic
    {
        get
        {
            lock (_lock)
            {
                return _watch is { } watch && watch.Ends > time.GetUtcNow() ? watch.Topic : null;
            }
        }
    }

    /// <summary>Begins a watch, or goes on with it. Null when another topic is watched, or the name is none.</summary>
    public DateTimeOffset? Begin(string topic)
    {
        lock (_lock)
        {
            if (topic.Split('/') is not ["projects", _, "topics", _] || (Topic is { } other && other != topic))
            {
                return null;
            }

            _watch = (topic, time.GetUtcNow() + Life);
            return _watch.Value.Ends;
        }
    }

    /// <summary>Ends the watch.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _watch = null;
        }
    }

    /// <summary>Answers <c>users.watch</c>.</summary>
    internal Task BeginAsync(HttpContext http, string question, string historyId, Func<Task> refuse) =>
        Begin((string?)JsonNode.Parse(question)!["topicName"] ?? "") is { } ends
            ? http.Response.WriteAsJsonAsync(new
            {
                historyId,
                expiration = ends.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
            })
            : refuse();
}
