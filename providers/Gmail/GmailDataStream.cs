using System.Buffers;
using System.Buffers.Text;
using AnyFetch.Streams;

namespace AnyFetch.Providers.Gmail;

/// <summary>
/// The member <c>data</c> of an attachment's answer, decoded while it is read: Gmail sends files inside JSON, and a file is
/// never held whole.
/// </summary>
internal sealed class GmailDataStream(Stream json) : ForwardStream
{
    private const int BufferBytes = 32 * 1024;

    private readonly byte[] _input = new byte[BufferBytes];
    private readonly byte[] _output = new byte[BufferBytes];
    private int _inputEnd;
    private int _outputStart;
    private int _outputEnd;
    private bool _isFound;
    private bool _isEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_outputStart == _outputEnd && !_isEnded)
        {
            var read = await json.ReadAsync(_input.AsMemory(_inputEnd), cancellationToken);
            if (read == 0)
            {
                throw new IOException("The answer ends before the attachment does.");
            }

            _inputEnd += read;
            Decode();
        }

        var count = Math.Min(buffer.Length, _outputEnd - _outputStart);
        _output.AsMemory(_outputStart, count).CopyTo(buffer);
        _outputStart += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            json.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Decode()
    {
        var start = _isFound ? 0 : Find();
        if (!_isFound)
        {
            Keep(start);
            return;
        }

        // Quote, padding or an escaped padding: nothing of the file comes after it.
        var text = _input.AsSpan(start, _inputEnd - start);
        var end = text.IndexOfAny((byte)'"', (byte)'=', (byte)'\\');
        _isEnded = end >= 0;
        var status = Base64Url.DecodeFromUtf8(
            _isEnded ? text[..end] : text, _output, out var consumed, out _outputEnd, isFinalBlock: _isEnded);
        if (status == OperationStatus.InvalidData)
        {
            throw new IOException("The attachment is not encoded as Gmail says.");
        }

        _outputStart = 0;
        Keep(start + consumed);
    }

    // Where the data begins; where to look again when it is not there entirely.
    private int Find()
    {
        var text = _input.AsSpan(0, _inputEnd);
        var name = text.IndexOf("\"data\""u8);
        if (name < 0)
        {
            return Math.Max(0, _inputEnd - "\"data\"".Length);
        }

        var colon = text[(name + "\"data\"".Length)..].IndexOf((byte)'"');
        _isFound = colon >= 0;
        return _isFound ? name + "\"data\"".Length + colon + 1 : name;
    }

    private void Keep(int from)
    {
        _input.AsSpan(from, _inputEnd - from).CopyTo(_input);
        _inputEnd -= from;
    }
}
