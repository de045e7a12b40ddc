using System.Diagnostics.Metrics;
using AnyFetch.Server.Metrics;

namespace AnyFetch.Server.Tests.Metrics;

public sealed class PrometheusExporterTests : IDisposable
{
    private readonly PrometheusExporter _exporter = new();
    private readonly Meter _meter = new("AnyFetch.Tests." + Guid.NewGuid().ToString("N"));

    [Fact]
    public void A_counter_adds_up_per_set_of_tags()
    {
        var counter = _meter.CreateCounter<long>("anyfetch.tests.apples", null, "Apples.");
        counter.Add(2, new KeyValuePair<string, object?>("colour", "red"));
        counter.Add(3, new KeyValuePair<string, object?>("colour", "red"));
        counter.Add(1, new KeyValuePair<string, object?>("colour", "gr\"een\n"));

        var text = _exporter.Write();

        Assert.Contains("# HELP anyfetch_tests_apples_total Apples.\n# TYPE anyfetch_tests_apples_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_apples_total{colour=\"red\"} 5\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_apples_total{colour=\"gr\\\"een\\n\"} 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_histogram_counts_cumulatively_and_names_its_unit()
    {
        var histogram = _meter.CreateHistogram<double>("anyfetch.tests.duration", "s");
        histogram.Record(0.003);
        histogram.Record(0.2);
        histogram.Record(1_000);

        var text = _exporter.Write();

        Assert.Contains("anyfetch_tests_duration_seconds_bucket{le=\"0.0025\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_duration_seconds_bucket{le=\"0.005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_duration_seconds_bucket{le=\"60\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_duration_seconds_bucket{le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("anyfetch_tests_duration_seconds_count 3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_observed_gauge_shows_its_value_now()
    {
        var value = 1;
        _meter.CreateObservableGauge("anyfetch.tests.level", () => value);
        _exporter.Write();
        value = 7;

        Assert.Contains("anyfetch_tests_level 7\n", _exporter.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_series_is_bounded()
    {
        var counter = _meter.CreateCounter<int>("anyfetch.tests.many");
        for (var i = 0; i < MetricInstrument.SeriesMax + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("n", i));
        }

        var lines = _exporter.Write().Split('\n').Count(l => l.StartsWith("anyfetch_tests_many_total{", StringComparison.Ordinal));

        Assert.Equal(MetricInstrument.SeriesMax, lines);
    }

    [Fact]
    public void The_process_shows_its_memory_and_processor_time()
    {
        var text = _exporter.Write();

        Assert.Contains("dotnet_process_cpu_time_seconds_total", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _exporter.Dispose();
    }
}
