using System.Globalization;
using System.Text.Json;
using AnyFetch.Api.Providers;
using AnyFetch.Core.Search;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;

namespace AnyFetch.Api.Representations;

/// <summary>Writes facets (api.md §4).</summary>
internal static class FacetWriter
{
    public static void Write(Utf8JsonWriter writer, SearchFacets facets, TypeSet types, ProviderSet providers)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("document_types"u8);
        foreach (var facet in facets.Types)
        {
            if (types.Find(facet.Value) is { } type)
            {
                DocumentTypeWriter.WriteFacet(writer, type, facet.Count);
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("providers"u8);
        foreach (var facet in facets.Providers)
        {
            if (providers.Find(facet.Value) is { } provider)
            {
                AccessTokenWriter.WriteShort(writer, provider, facet.Count);
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("creation_dates"u8);
        foreach (var facet in facets.Months)
        {
            WriteMonth(writer, facet);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMonth(Utf8JsonWriter writer, Facet<DateTimeOffset> facet)
    {
        writer.WriteStartObject();
        writer.WriteString("_type"u8, "Date"u8);
        writer.WriteString(
            "timestamp"u8,
            facet.Value.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        writer.WriteDate("date"u8, facet.Value);
        writer.WriteNumber("document_count"u8, facet.Count);
        writer.WriteEndObject();
    }
}
