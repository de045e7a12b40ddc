namespace AnyFetch.Mime.Parsing;

/// <summary>Walks over the lines of a source with one buffer. A line longer than the buffer comes in pieces.</summary>
internal sealed class LineScanner(Stream source, long start)
{
    private const int BufferBytes = 64 << 10;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private long _bufferOffset = start;
    private int _length;
    private int _next;
    private int _current;
    private bool _hasEnded;
    private bool _previousIsOpen;

    /// <summary>The current line without its end.</summary>
    internal ReadOnlySpan<byte> Line => _buffer.AsSpan(_current, ContentEnd - _current);

    /// <summary>The current line with its end.</summary>
    internal ReadOnlySpan<byte> LineWithEnd => _buffer.AsSpan(_current, _next - _current);

    /// <summary>Where the current line begins in the source.</summary>
    internal long LineStart => _bufferOffset + _current;

    /// <summary>Where the line after the current one begins.</summary>
    internal long NextStart => _bufferOffset + _next;

    /// <summary>
    /// Whether this is the beginning of a line, and not the continuation of one that did not fit the buffer.
    /// </summary>
    internal bool IsLineStart { get; private set; } = true;

    private int ContentEnd
    {
        get
        {
            var end = _next;
            end -= end > _current && _buffer[end - 1] == '\n' ? 1 : 0;
            return end - (end > _current && end < _next && _buffer[end - 1] == '\r' ? 1 : 0);
        }
    }

    /// <summary>Moves to the next line; false at the end of the source.</summary>
    internal bool Next()
    {
        IsLineStart = !_previousIsOpen;
        _current = _next;
        var searched = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_current + searched, _length - _current - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _next = _current + searched + end + 1;
                _previousIsOpen = false;
                return true;
            }

            searched = _length - _current;
            if (_hasEnded || searched == BufferBytes)
            {
                _next = _length;
                _previousIsOpen = true;
                return _next > _current;
            }

            Fill();
        }
    }

    /// <summary>Shows the current line again at the next call of <see cref="Next"/>.</summary>
    internal void Unread()
    {
        _next = _current;
        _previousIsOpen = !IsLineStart;
    }

    private void Fill()
    {
        _buffer.AsSpan(_current, _length - _current).CopyTo(_buffer);
        _bufferOffset += _current;
        _length -= _current;
        _current = 0;
        source.Position = _bufferOffset + _length;
        var read = source.Read(_buffer.AsSpan(_length));
        _hasEnded = read == 0;
        _length += read;
    }
}
