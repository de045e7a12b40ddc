using AnyFetch.Hydraters.Ocr;

namespace AnyFetch.Hydraters.Tests.Hydraters;

/// <summary>What recognition makes of noise goes, what people print stays (hydraters.md §6).</summary>
public sealed class OcrGarbageTests
{
    [Theory]
    [InlineData("xQz;;!~vv")]
    [InlineData("aaaaab")]
    [InlineData("~~%b")]
    [InlineData("bcdfghklm")]
    [InlineData("aeiouaeiou")]
    [InlineData("a.b;c")]
    [InlineData("xQz")]
    [InlineData("ABCd")]
    [InlineData("abcdefghijabcdefghijabcdefghijabcdefghijk")]
    public void Noise_goes(string token) => Assert.True(GarbageFilter.IsGarbage(token));

    [Theory]
    [InlineData("INV-2041")]
    [InlineData("Order")]
    [InlineData("shipped.")]
    [InlineData("12/03/2026")]
    [InlineData("€1,234.50")]
    [InlineData("ana.ruiz@brindille.example")]
    [InlineData("https://example.org/a?b=c&d=e;f/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("NASDAQ")]
    [InlineData("kWh.")]
    [InlineData("Привет")]
    [InlineData("électricité")]
    [InlineData("Mr")]
    public void Words_dates_amounts_and_addresses_stay(string token) => Assert.False(GarbageFilter.IsGarbage(token));
}
