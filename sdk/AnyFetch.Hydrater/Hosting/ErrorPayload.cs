using System.Text.Json;

namespace AnyFetch.Hydrater.Hosting;

/// <summary>The body of an error callback (hydration.md §5).</summary>
internal static class ErrorPayload
{
    internal static byte[] Of(string message)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("hydration_errored", true);
            writer.WriteString("hydration_error", message);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
