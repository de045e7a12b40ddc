using System.Diagnostics.Metrics;
using AnyFetch.Search.Indexing;

namespace AnyFetch.Search.Companies;

/// <summary>What the open indexes of this node hold, as gauges of the meter <c>AnyFetch.Search</c>.</summary>
internal sealed class IndexGauges : IDisposable
{
    private readonly Meter _meter = new("AnyFetch.Search");

    public IndexGauges(IndexRegistry registry)
    {
        _meter.CreateObservableGauge(
            "anyfetch.search.open_indexes", () => registry.OpenCount, null, "Search indexes that are open.");
        Observe("documents", "Documents in the open search indexes.", s => s.Documents);
        Observe("segments", "Segments of the open search indexes, in memory and in files.", s => s.Segments);
        Observe("file_bytes", "Bytes of the open search indexes' files.", s => s.FileBytes);
        Observe("memory_bytes", "Bytes that the open search indexes take besides their files.", s => s.MemoryBytes);
        Observe(
            "set_aside_documents", "Documents that could not be indexed and are missing from the open search indexes.", s => s.SetAside);
        _meter.CreateObservableGauge(
            "anyfetch.search.unflushed_bytes", () => registry.UnflushedBytes, null,
            "Bytes of the open search indexes that are in no file so far; bounded by Search:UnflushedMebibytesMax.");
        _meter.CreateObservableGauge(
            "anyfetch.search.partial_indexes", () => registry.PartialCount, null,
            "Open search indexes that lack documents, since a file was damaged; they are being built anew.");

        void Observe(string name, string description, Func<IndexStatistics, long> value) => _meter.CreateObservableGauge(
            "anyfetch.search." + name, () => value(registry.Statistics), null, description);
    }

    /// <summary>True for the instruments of this object.</summary>
    public bool IsOwn(Instrument instrument) => instrument.Meter == _meter;

    public void Dispose() => _meter.Dispose();
}
