using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>One message between a host and its worker: a small header as JSON, and bytes that nobody on the way looks into.</summary>
internal readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Header, ReadOnlyMemory<byte> Body)
{
    internal static Frame Of<T>(FrameKind kind, T header, JsonTypeInfo<T> type, ReadOnlyMemory<byte> body = default) =>
        new(kind, JsonSerializer.SerializeToUtf8Bytes(header, type), body);

    /// <summary>The header; throws <see cref="InvalidDataException"/> when it is not what the kind says.</summary>
    internal T Read<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Header.Span, type) ?? throw new InvalidDataException("The header is empty.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The header is not what its kind says.", error);
        }
    }
}
