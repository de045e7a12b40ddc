using AnyFetch.Streams;

namespace AnyFetch.Hydrater.Archives;

/// <summary>Counts what is read against its archive's budget.</summary>
internal sealed class BoundedStream(Stream inner, ArchiveBudget budget) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        budget.Count(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
