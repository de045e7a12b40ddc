using System.Text.Json;
using AnyFetch.Core.Documents;

namespace AnyFetch.Api.Representations;

/// <summary>Writes documents under the names of the older API (legacy-providers-api §5.2).</summary>
internal static class LegacyDocumentWriter
{
    public static void Write(Utf8JsonWriter writer, Document document, string baseUrl)
    {
        writer.WriteStartObject();
        writer.WriteString("_type"u8, "Document"u8);
        writer.WriteId("id"u8, document.Id.Value);
        writer.WriteString("identifier"u8, document.Identifier.Value);
        writer.WriteString("source"u8, document.Source.Url);
        writer.WriteDate("creation_date"u8, document.CreationDate);
        writer.WriteDate("update_date"u8, document.ModificationDate);
        writer.WritePropertyName("metadatas"u8);
        document.Metadata.WriteTo(writer);
        writer.WritePropertyName("actions"u8);
        document.Actions.WriteTo(writer);
        RawDocumentWriter.WriteUserAccess(writer, document);
        writer.WriteId("document_type"u8, document.Type.Value);
        writer.WriteString("document_url"u8, $"{baseUrl}/documents/{document.Id}");
        writer.WriteEndObject();
    }
}
