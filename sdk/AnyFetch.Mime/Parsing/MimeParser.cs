using System.Text;

namespace AnyFetch.Mime.Parsing;

/// <summary>
/// Finds the parts of a mail in one pass over its lines. Multiparts are kept on a stack of our own, never on the
/// thread's.
/// </summary>
internal sealed class MimeParser
{
    private const int BoundaryBytesMax = 200;
    private const int CancelLines = 4096;

    private readonly Stream _source;
    private readonly MimeOptions _options;
    private readonly LineScanner _lines;
    private readonly List<Frame> _open = [];
    private MimePart? _leaf;
    private long _contentEnd;
    private int _parts;

    internal MimeParser(Stream source, MimeOptions options)
    {
        _source = source;
        _options = options;
        _lines = new LineScanner(source, 0);
    }

    /// <summary>Whether something was left out because it is beyond a limit.</summary>
    internal bool IsIncomplete { get; private set; }

    internal MimePart Read(CancellationToken cancellationToken)
    {
        var root = Begin(null, isFirst: true);
        _contentEnd = _lines.NextStart;
        for (var count = 0; _lines.Next(); count++)
        {
            if (count % CancelLines == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (_lines.IsLineStart && _open.Count > 0 && _lines.Line.StartsWith("--"u8))
            {
                ReadBoundary();
            }

            _contentEnd = _lines.NextStart;
        }

        EndLeaf(_contentEnd);
        CloseFrom(0, _contentEnd);
        return root;
    }

    /// <summary>Headers only, for a look at a mail inside another.</summary>
    internal MimePart ReadHead() => Begin(null, isFirst: true);

    private void ReadBoundary()
    {
        var line = _lines.Line.TrimEnd(" \t"u8);
        for (var depth = _open.Count - 1; depth >= 0; depth--)
        {
            var frame = _open[depth];
            if (depth == _open.Count - 1 && frame.Boundary.Length == 0 && line.Length is > 2 and < BoundaryBytesMax)
            {
                // A multipart that forgot to name its boundary: the first line that looks like one is it.
                frame.Boundary = line[2..].ToArray();
            }

            if (frame.Boundary.Length == 0 || !line[2..].StartsWith(frame.Boundary))
            {
                continue;
            }

            var rest = line[(2 + frame.Boundary.Length)..];
            var isEnd = rest.SequenceEqual("--"u8);
            if (rest.IsEmpty || isEnd)
            {
                AtBoundary(depth, isEnd);
                return;
            }
        }
    }

    private void AtBoundary(int depth, bool isEnd)
    {
        var end = _lines.LineStart;
        EndLeaf(end - LineEndBefore(end));
        CloseFrom(depth + 1, end);
        if (isEnd)
        {
            CloseFrom(depth, end);
        }
        else if (_parts >= _options.PartsMax)
        {
            IsIncomplete = true;
        }
        else
        {
            Begin(_open[depth].Part, isFirst: false);
        }
    }

    private MimePart Begin(MimePart? parent, bool isFirst)
    {
        _parts++;
        var reader = new HeaderReader(_lines, _options);
        var headers = reader.Read(isFirst);
        IsIncomplete |= reader.IsIncomplete;
        var isInDigest = parent?.ContentType == "multipart/digest";
        var part = new MimePart(_source, headers, _lines.NextStart, isInDigest ? "message/rfc822" : "text/plain", _options);
        parent?.Add(part);
        if (!part.ClaimsMultipart)
        {
            _leaf = part;
        }
        else if (_open.Count >= _options.DepthMax)
        {
            IsIncomplete = true;
            _leaf = part;
        }
        else
        {
            var boundary = Encoding.UTF8.GetBytes(part.Parameter("boundary")?.TrimEnd() ?? "");
            _open.Add(new Frame(part) { Boundary = boundary.Length > BoundaryBytesMax ? [] : boundary });
        }

        return part;
    }

    private void EndLeaf(long end)
    {
        _leaf?.EndAt(end);
        _leaf = null;
    }

    private void CloseFrom(int depth, long end)
    {
        for (var i = _open.Count - 1; i >= depth; i--)
        {
            _open[i].Part.EndAt(end);
            _open.RemoveAt(i);
        }
    }

    /// <summary>The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).</summary>
    private int LineEndBefore(long position)
    {
        Span<byte> before = stackalloc byte[2];
        if (position < 2)
        {
            return 0;
        }

        _source.Position = position - 2;
        _source.ReadExactly(before);
        return before[1] != '\n' ? 0 : before[0] == '\r' ? 2 : 1;
    }

    private sealed class Frame(MimePart part)
    {
        internal MimePart Part { get; } = part;

        internal byte[] Boundary { get; set; } = [];
    }
}
