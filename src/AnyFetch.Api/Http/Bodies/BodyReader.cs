using System.Buffers;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http.Bodies;

/// <summary>Makes something of a whole body. The bytes are gone afterwards.</summary>
internal delegate TResult BodyParser<in TState, out TResult>(ReadOnlySpan<byte> body, TState state);

/// <summary>Something made of a body, or why it could not be read.</summary>
internal readonly record struct BodyResult<T>(T? Value, Error? Error);

/// <summary>Reads bodies that fit into memory, where they arrived if possible.</summary>
internal static class BodyReader
{
    /// <summary>Reads the body to its end and parses it. A longer one than allowed is refused, unread.</summary>
    public static async ValueTask<BodyResult<TResult>> ReadAsync<TState, TResult>(
        HttpRequest request,
        int bytesMax,
        TState state,
        BodyParser<TState, TResult> parse)
    {
        if (request.ContentLength > bytesMax)
        {
            return new BodyResult<TResult>(default, TooLarge(bytesMax));
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            var buffer = read.Buffer;
            if (buffer.Length > bytesMax)
            {
                reader.AdvanceTo(buffer.End);
                return new BodyResult<TResult>(default, TooLarge(bytesMax));
            }

            if (read.IsCompleted)
            {
                var result = Parse(buffer, state, parse);
                reader.AdvanceTo(buffer.End);
                return new BodyResult<TResult>(result, null);
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>The error for a body above a limit.</summary>
    public static Error TooLarge(long bytesMax) =>
        new(ErrorCode.RequestEntityTooLarge, $"The body is longer than {bytesMax} bytes.");

    private static TResult Parse<TState, TResult>(
        in ReadOnlySequence<byte> buffer,
        TState state,
        BodyParser<TState, TResult> parse)
    {
        if (buffer.IsSingleSegment)
        {
            return parse(buffer.FirstSpan, state);
        }

        var length = (int)buffer.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            buffer.CopyTo(copy);
            return parse(copy.AsSpan(0, length), state);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
