using AnyFetch.Streams;

namespace AnyFetch.Mime.Transfer;

/// <summary>Decodes a transfer encoding while it is read.</summary>
internal sealed class DecodingStream(Stream source, ITransferDecoder decoder) : ForwardStream
{
    private const int BufferBytes = 16 << 10;

    private readonly byte[] _input = new byte[BufferBytes];
    private readonly byte[] _output = new byte[BufferBytes];
    private int _inputLength;
    private int _outputStart;
    private int _outputEnd;
    private bool _hasEnded;

    public override int Read(Span<byte> buffer)
    {
        while (_outputStart == _outputEnd)
        {
            if (_hasEnded || buffer.IsEmpty)
            {
                return 0;
            }

            Fill();
        }

        var count = Math.Min(buffer.Length, _outputEnd - _outputStart);
        _output.AsSpan(_outputStart, count).CopyTo(buffer);
        _outputStart += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        var read = source.Read(_input.AsSpan(_inputLength));
        _hasEnded = read == 0;
        _inputLength += read;
        decoder.Decode(_input.AsSpan(0, _inputLength), _hasEnded, _output, out var consumed, out _outputEnd);
        _outputStart = 0;
        _input.AsSpan(consumed, _inputLength - consumed).CopyTo(_input);
        _inputLength -= consumed;
    }
}
