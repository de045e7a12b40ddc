using System.Buffers;
using AnyFetch.Core.Errors;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Api.Http.Bodies;

/// <summary>Takes one line of a body. What it gives ends the reading. The bytes are gone afterwards.</summary>
/// <param name="line">Without its end, never empty.</param>
/// <param name="number">Counted from 1; empty lines count.</param>
internal delegate Error? LineHandler(ReadOnlySpan<byte> line, int number);

/// <summary>How much of a body of lines is read.</summary>
internal readonly record struct LineLimits(long BytesMax, int LineBytesMax, int LinesMax);

/// <summary>Reads bodies that are lines, each as it arrives: never more than one line is held.</summary>
internal static class LineReader
{
    /// <summary>Reads the body to its end, or to the first error.</summary>
    public static async ValueTask<Error?> ReadAsync(HttpRequest request, LineLimits limits, LineHandler handle)
    {
        if (request.ContentLength > limits.BytesMax)
        {
            return BodyReader.TooLarge(limits.BytesMax);
        }

        var reader = request.BodyReader;
        var lines = new Lines(limits, handle);
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            var rest = read.Buffer;
            var error = lines.Take(ref rest, read.IsCompleted);
            if (error is not null || read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.End);
                return error;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private sealed class Lines(LineLimits limits, LineHandler handle)
    {
        private long _bytes;
        private int _number;

        /// <summary>Takes all whole lines off the buffer, and the last one when nothing follows it.</summary>
        public Error? Take(ref ReadOnlySequence<byte> buffer, bool isLast)
        {
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (TakeLine(line) is { } error)
                {
                    return error;
                }
            }

            if (_bytes + buffer.Length > limits.BytesMax)
            {
                return BodyReader.TooLarge(limits.BytesMax);
            }

            return (isLast && !buffer.IsEmpty) || buffer.Length > limits.LineBytesMax ? TakeLine(buffer) : null;
        }

        private Error? TakeLine(in ReadOnlySequence<byte> line)
        {
            _number++;
            _bytes += line.Length + 1;
            if (_bytes - 1 > limits.BytesMax)
            {
                return BodyReader.TooLarge(limits.BytesMax);
            }

            if (_number > limits.LinesMax)
            {
                return new Error(ErrorCode.RequestEntityTooLarge, $"The body has more than {limits.LinesMax} lines.");
            }

            if (line.Length > limits.LineBytesMax)
            {
                return new Error(
                    ErrorCode.RequestEntityTooLarge, $"Line {_number} is longer than {limits.LineBytesMax} bytes.");
            }

            var text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
            text = text.TrimEnd((byte)'\r');
            return text.IsEmpty ? null : handle(text, _number);
        }
    }
}
