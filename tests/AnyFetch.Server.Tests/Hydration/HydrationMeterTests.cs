using AnyFetch.Core.Documents;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Server.Hydraters;

namespace AnyFetch.Server.Tests.Hydration;

public sealed class HydrationMeterTests
{
    [Fact]
    public void A_document_that_three_hydraters_could_not_read_is_one_document()
    {
        using var meter = new HydrationMeter();
        var picture = Id("52e63d9b2d5d5f5a2f8e4b01");
        foreach (var hydrater in new[] { "image", "iptc", "ocr" })
        {
            meter.Record(hydrater, picture, Failed, TimeSpan.Zero);
        }

        meter.Record("pdf", Id("52e63d9b2d5d5f5a2f8e4b02"), Failed, TimeSpan.Zero);
        Assert.Equal(2, meter.Failed);
    }

    private static DocumentId Id(string text) => DocumentId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static HydrationOutcome Failed => new(HydrationResultKind.Failed, null, "HydrationError: The file is not a picture.", IsTransient: false);
}
