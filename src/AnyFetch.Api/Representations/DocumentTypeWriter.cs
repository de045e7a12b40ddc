using System.Text.Json;
using AnyFetch.Core.DocumentTypes;

namespace AnyFetch.Api.Representations;

/// <summary>Where an embedded document type stands, which decides which of its templates travel with it.</summary>
internal enum DocumentTypePlace
{
    /// <summary>In a raw document: none.</summary>
    Raw,

    /// <summary>In a hit: <c>title</c> and <c>snippet</c>.</summary>
    Snippet,

    /// <summary>In the full view: <c>title</c> and <c>full</c>.</summary>
    Full,

    /// <summary>In a related document and above a list of similar ones: <c>title</c>.</summary>
    Title,
}

/// <summary>How many visible documents have a type, and when the latest changed.</summary>
internal readonly record struct DocumentTypeUse(long DocumentCount, DateTimeOffset? Updated);

/// <summary>Writes document types (api.md §4).</summary>
internal static class DocumentTypeWriter
{
    /// <summary>The whole type; in a list with its use.</summary>
    public static void Write(Utf8JsonWriter writer, DocumentType type, DocumentTypeUse? use)
    {
        writer.WriteStartObject();
        WriteName(writer, type);
        writer.WriteString("description"u8, type.Description);
        WriteTexts(writer, "templates"u8, type.Templates);
        WriteTexts(writer, "projections"u8, type.Projections);
        writer.WritePropertyName("es_mapping"u8);
        type.Mapping.WriteTo(writer);
        if (type.Owner is { } owner)
        {
            writer.WriteId("owner"u8, owner.Value);
        }
        else
        {
            writer.WriteNull("owner"u8);
        }

        if (use is { } counts)
        {
            writer.WriteNumber("document_count"u8, counts.DocumentCount);
            writer.WriteDate("updated"u8, counts.Updated);
        }

        writer.WriteEndObject();
    }

    /// <summary>A type inside something else.</summary>
    public static void WriteEmbedded(Utf8JsonWriter writer, DocumentType? type, DocumentTypePlace place)
    {
        if (type is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        WriteName(writer, type);
        if (place != DocumentTypePlace.Raw)
        {
            writer.WriteStartObject("templates"u8);
            writer.WriteString("title"u8, type.Templates.Title);
            if (place == DocumentTypePlace.Snippet)
            {
                writer.WriteString("snippet"u8, type.Templates.Snippet);
            }
            else if (place == DocumentTypePlace.Full)
            {
                writer.WriteString("full"u8, type.Templates.Full);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>A facet.</summary>
    public static void WriteFacet(Utf8JsonWriter writer, DocumentType type, long count)
    {
        writer.WriteStartObject();
        WriteName(writer, type);
        writer.WriteNumber("document_count"u8, count);
        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, DocumentType type)
    {
        writer.WriteString("_type"u8, "DocumentType"u8);
        writer.WriteId("id"u8, type.Id.Value);
        writer.WriteString("name"u8, type.Name);
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ViewTexts texts)
    {
        writer.WriteStartObject(name);
        writer.WriteString("title"u8, texts.Title);
        writer.WriteString("snippet"u8, texts.Snippet);
        writer.WriteString("full"u8, texts.Full);
        writer.WriteEndObject();
    }
}
