using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Google;

/// <summary>The channels that a Drive was asked for: <c>changes.watch</c> and <c>channels.stop</c> of the reference.</summary>
public sealed class DriveChannels(TimeProvider time)
{
    private const int SecondsDefault = 3600;
    private const int SecondsMax = 604_800;

    private readonly ConcurrentDictionary<string, DriveChannelEntry> _channels = new();

    /// <summary>Those that were not stopped and have not ended, in the order of their ends.</summary>
    public IReadOnlyList<DriveChannelEntry> Open =>
        [.. _channels.Values.Where(channel => channel.Ends > time.GetUtcNow()).OrderBy(channel => channel.Ends)];

    /// <summary>Begins a channel; the refusal's reason when it cannot.</summary>
    public (DriveChannelEntry? Channel, string? Reason) Begin(string question)
    {
        var asked = JsonNode.Parse(question)!;
        var address = (string?)asked["address"] ?? "";
        if ((string?)asked["type"] != "web_hook")
        {
            return (null, "invalid");
        }

        if (!address.StartsWith("https://", StringComparison.Ordinal))
        {
            return (null, "push.webhookUrlNotHttps");
        }

        var ends = asked["expiration"] is JsonValue wish
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(wish.ToString(), CultureInfo.InvariantCulture))
            : time.GetUtcNow().AddSeconds(SecondsDefault);
        var latest = time.GetUtcNow().AddSeconds(SecondsMax);
        var channel = new DriveChannelEntry(
            (string)asked["id"]!, "res-" + Guid.NewGuid().ToString("N"), (string?)asked["token"] ?? "", address,
            ends < latest ? ends : latest);
        return _channels.TryAdd(channel.Id, channel) ? (channel, null) : (null, "channelIdNotUnique");
    }

    /// <summary>Ends a channel. False when there is none.</summary>
    public bool Stop(string question)
    {
        var asked = JsonNode.Parse(question)!;
        return _channels.TryGetValue((string?)asked["id"] ?? "", out var channel)
            && channel.ResourceId == (string?)asked["resourceId"]
            && _channels.TryRemove(channel.Id, out _);
    }

    /// <summary>Answers <c>changes.watch</c>.</summary>
    internal Task BeginAsync(HttpContext http, string question, Func<string, Task> refuse)
    {
        var (channel, reason) = Begin(question);
        return channel is null ? refuse(reason!) : http.Response.WriteAsJsonAsync(new
        {
            kind = "api#channel",
            id = channel.Id,
            resourceId = channel.ResourceId,
            resourceUri = "https://www.googleapis.com/drive/v3/changes?alt=json",
            token = channel.Token,
            expiration = channel.Ends.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        });
    }
}

/// <summary>One channel of an emulated Drive.</summary>
public sealed record DriveChannelEntry(string Id, string ResourceId, string Token, string Address, DateTimeOffset Ends)
{
    /// <summary>The headers of a notice of it.</summary>
    public (string Name, string Value)[] Notice(string state = "change", int number = 2) =>
    [
        ("X-Goog-Channel-ID", Id),
        ("X-Goog-Channel-Token", Token),
        ("X-Goog-Channel-Expiration", Ends.ToString("R", CultureInfo.InvariantCulture)),
        ("X-Goog-Resource-ID", ResourceId),
        ("X-Goog-Resource-URI", "https://www.googleapis.com/drive/v3/changes?alt=json"),
        ("X-Goog-Resource-State", state),
        ("X-Goog-Message-Number", number.ToString(CultureInfo.InvariantCulture)),
    ];
}
