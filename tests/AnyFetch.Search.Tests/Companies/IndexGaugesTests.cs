using System.Diagnostics.Metrics;
using AnyFetch.Search.Companies;
using AnyFetch.Search.Tests.Support;

namespace AnyFetch.Search.Tests.Companies;

public sealed class IndexGaugesTests
{
    [Fact]
    public async Task The_gauges_tell_what_the_open_indexes_hold()
    {
        await using var search = new SearchHarness();
        var gauges = search.Registry.Gauges;
        await search.AddAsync("""{"title":"one"}""");
        var gone = search.Make("""{"title":"two"}""");
        await search.AddAsync(gone);
        await search.DeleteAsync(gone);

        var inMemory = Read(gauges);
        Assert.Equal(1, inMemory["anyfetch.search.open_indexes"]);
        Assert.Equal(1, inMemory["anyfetch.search.documents"]);
        Assert.Equal(0, inMemory["anyfetch.search.file_bytes"]);
        Assert.InRange(inMemory["anyfetch.search.memory_bytes"], 1, 10_000_000);

        await search.Registry.CloseAsync(search.Company);
        Assert.Equal(0, Read(gauges)["anyfetch.search.open_indexes"]);
        Assert.Single(await search.FindAsync("one"));

        var inFiles = Read(gauges);
        Assert.Equal(1, inFiles["anyfetch.search.segments"]);
        Assert.InRange(inFiles["anyfetch.search.file_bytes"], 100, 100_000);
    }

    private static Dictionary<string, long> Read(IndexGauges gauges)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (gauges.IsOwn(instrument))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
