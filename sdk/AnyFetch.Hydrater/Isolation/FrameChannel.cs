using System.Buffers.Binary;

namespace AnyFetch.Hydrater.Isolation;

/// <summary>
/// Frames over a pair of pipes. A frame is its length (4 bytes, little end first), its kind (1), the length of its header (4),
/// the header and the body. Whoever reads does not believe the lengths: a worker may have been taken over by its file.
/// </summary>
internal sealed class FrameChannel(Stream input, Stream output, int bytesMax) : IDisposable
{
    private const int PrefixBytes = 9;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _writePrefix = new byte[PrefixBytes];
    private readonly byte[] _readPrefix = new byte[PrefixBytes];

    /// <summary>The next frame; null at the end. Throws <see cref="InvalidDataException"/> for what is none.</summary>
    internal async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await input.ReadAtLeastAsync(_readPrefix, PrefixBytes, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        if (read < PrefixBytes)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(_readPrefix);
        var header = BinaryPrimitives.ReadInt32LittleEndian(_readPrefix.AsSpan(5));
        if (length < 0 || length > bytesMax || header < 0 || header > length)
        {
            throw new InvalidDataException("A message has an impossible length.");
        }

        var bytes = new byte[length];
        read = await input.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read < length ? null : new Frame((FrameKind)_readPrefix[4], bytes.AsMemory(0, header), bytes.AsMemory(header));
    }

    /// <summary>Writes a frame. False when it is longer than the other side takes; frames that are written at once follow one another.</summary>
    internal async ValueTask<bool> WriteAsync(Frame frame, CancellationToken cancellationToken)
    {
        if ((long)frame.Header.Length + frame.Body.Length > bytesMax)
        {
            return false;
        }

        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            BinaryPrimitives.WriteInt32LittleEndian(_writePrefix, frame.Header.Length + frame.Body.Length);
            _writePrefix[4] = (byte)frame.Kind;
            BinaryPrimitives.WriteInt32LittleEndian(_writePrefix.AsSpan(5), frame.Header.Length);
            byte[] start = [.. _writePrefix, .. frame.Header.Span];
            await output.WriteAsync(start, cancellationToken).ConfigureAwait(false);
            if (!frame.Body.IsEmpty)
            {
                await output.WriteAsync(frame.Body, cancellationToken).ConfigureAwait(false);
            }

            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();
}
