using System.Buffers;
using System.Text.Json;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Storage.Documents;

/// <summary>A document's hydration state as JSON; null for the untouched one, which most documents have at first.</summary>
internal static class HydrationJson
{
    public static ReadOnlyMemory<byte>? Write(HydrationState state)
    {
        if (ReferenceEquals(state, HydrationState.Untouched))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, state);
        }

        return buffer.WrittenMemory;
    }

    public static HydrationState Read(byte[]? json)
    {
        if (json is null)
        {
            return HydrationState.Untouched;
        }

        using var parsed = JsonDocument.Parse(json);
        var state = parsed.RootElement;
        return new HydrationState
        {
            Generation = state.GetProperty("generation").GetInt32(),
            Rounds = state.GetProperty("rounds").GetInt32(),
            Runs = [.. state.GetProperty("runs").EnumerateArray().Select(ReadRun)],
            LastHydration = Time(state, "last"),
            ErroredBy = Text(state, "errored_by"),
            Error = Text(state, "error"),
            IsReposted = state.TryGetProperty("reposted", out _),
            BulkRun = Text(state, "bulk"),
            SeenContent = Text(state, "seen"),
            ClientKeys = state.TryGetProperty("client_keys", out var keys)
                ? [.. keys.EnumerateArray().Select(key => key.GetString()!)] : [],
            TypeBefore = DocumentTypeId.TryParse(Text(state, "type_before"), out var before) ? before : null,
        };
    }

    private static void Write(Utf8JsonWriter writer, HydrationState state)
    {
        writer.WriteStartObject();
        writer.WriteNumber("generation", state.Generation);
        writer.WriteNumber("rounds", state.Rounds);
        WriteTime(writer, "last", state.LastHydration);
        WriteText(writer, "errored_by", state.ErroredBy);
        WriteText(writer, "error", state.Error);
        WriteText(writer, "seen", state.SeenContent);
        WriteText(writer, "type_before", state.TypeBefore?.ToString());
        WriteText(writer, "bulk", state.BulkRun);
        if (state.IsReposted)
        {
            writer.WriteBoolean("reposted", true);
        }

        if (state.ClientKeys.Count > 0)
        {
            writer.WriteStartArray("client_keys");
            foreach (var key in state.ClientKeys)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("runs");
        foreach (var run in state.Runs)
        {
            WriteRun(writer, run);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter writer, HydraterRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("url", run.Url);
        writer.WriteNumber("state", (int)run.State);
        writer.WriteNumber("dispatched", run.DispatchedAt.UtcTicks);
        WriteTime(writer, "ended", run.EndedAt);
        writer.WriteNumber("attempts", run.Attempts);
        WriteText(writer, "error", run.Error);
        WriteText(writer, "read", run.ReadKeys);
        writer.WriteEndObject();
    }

    private static HydraterRun ReadRun(JsonElement run) => new(
        run.GetProperty("url").GetString()!,
        (HydraterRunState)run.GetProperty("state").GetInt32(),
        Time(run, "dispatched")!.Value)
    {
        EndedAt = Time(run, "ended"),
        Attempts = run.GetProperty("attempts").GetInt32(),
        Error = Text(run, "error"),
        ReadKeys = Text(run, "read"),
    };

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            writer.WriteNumber(name, known.UtcTicks);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        element.TryGetProperty(name, out var ticks) ? new DateTimeOffset(ticks.GetInt64(), TimeSpan.Zero) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) ? text.GetString() : null;
}
