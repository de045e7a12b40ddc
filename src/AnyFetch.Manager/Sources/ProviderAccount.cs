using System.Text.Json;

namespace AnyFetch.Manager.Sources;

/// <summary>
/// What a provider says of an account, read with care: an older provider knows none of it, and nothing that it says is
/// believed to have a shape.
/// </summary>
internal sealed class ProviderAccount(JsonElement? account)
{
    public string State => Text("state") ?? "unknown";

    public bool IsPaused => Sub("schedule") is { } schedule && Flag(schedule, "paused");

    /// <summary>How many documents would be deleted; null when nobody waits for a word about that.</summary>
    public long? PruneBlocked => Number(account, "prune_blocked");

    public long Errors => Number(account, "errors") ?? 0;

    public long Known => Number(account, "known") ?? 0;

    public long Backlog => Number(account, "backlog") ?? 0;

    public double? ItemsPerSecond => account is { ValueKind: JsonValueKind.Object } json
        && json.TryGetProperty("items_per_second", out var rate) && rate.ValueKind == JsonValueKind.Number
            ? rate.GetDouble()
            : null;

    public long? EtaSeconds => Number(account, "eta_seconds");

    public string? LastError => Text("last_error");

    public DateTimeOffset? LastSuccess => Date(account, "last_success");

    public DateTimeOffset? NextRun => Date(account, "next_run");

    public DateTimeOffset? PausedUntil => Date(account, "paused_until");

    /// <summary>The run at work, or the last one.</summary>
    public ProviderRun? Run => Sub("run") is { } run ? new ProviderRun(run) : null;

    /// <summary>The entries of a list answer.</summary>
    public static IReadOnlyList<JsonElement> Entries(JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("data", out var data)
        && data.ValueKind == JsonValueKind.Array
            ? [.. data.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object)]
            : [];

    public static string? Text(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    public static long? Number(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;

    public static DateTimeOffset? Date(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var date)
            ? date
            : null;

    public static bool Flag(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private string? Text(string name) => Text(account, name);

    private JsonElement? Sub(string name) =>
        account is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Object
            ? value
            : null;
}

/// <summary>One run of a provider's account.</summary>
internal sealed class ProviderRun(JsonElement run)
{
    public DateTimeOffset? Started => ProviderAccount.Date(run, "started");

    public string Reason => ProviderAccount.Text(run, "reason") ?? "";

    public string Mode => ProviderAccount.Text(run, "mode") ?? "";

    public string Outcome => ProviderAccount.Text(run, "outcome") ?? "";

    public string? Error => ProviderAccount.Text(run, "error");

    public long Count(string name) => ProviderAccount.Number(run, name) ?? 0;
}
