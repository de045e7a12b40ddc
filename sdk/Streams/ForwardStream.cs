namespace AnyFetch.Streams;

/// <summary>A content that is read once, from its beginning to its end.</summary>
internal abstract class ForwardStream : ReadOnlyStream
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
}
