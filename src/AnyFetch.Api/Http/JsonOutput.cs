using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnyFetch.Api.Http;

/// <summary>A JSON writer over a growing pooled buffer. One per answer; kept for the next one by the same thread.</summary>
internal sealed class JsonOutput : IBufferWriter<byte>, IDisposable
{
    private const int BytesInitial = 16 * 1024;

    [ThreadStatic]
    private static JsonOutput? t_spare;

    // Answers are JSON, never HTML: only what JSON itself asks for is escaped.
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BytesInitial);
    private int _written;

    private JsonOutput() => Writer = new Utf8JsonWriter(this, s_options);

    public Utf8JsonWriter Writer { get; }

    /// <summary>What was flushed. Valid until this is disposed.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _written);

    /// <summary>An empty output.</summary>
    public static JsonOutput Rent()
    {
        if (t_spare is not { } spare)
        {
            return new JsonOutput();
        }

        t_spare = null;
        return spare;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _written = 0;
        Writer.Reset();
        if (_buffer.Length <= 8 * BytesInitial && t_spare is null)
        {
            t_spare = this;
            return;
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <inheritdoc/>
    public void Advance(int count) => _written += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_written);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_written);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _written + Math.Max(sizeHint, 256);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, checked(_buffer.Length * 2)));
        _buffer.AsSpan(0, _written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
