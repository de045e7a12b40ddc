using System.Text.Json;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;

namespace AnyFetch.Api.Representations;

/// <summary>Writes what all representations of a document share (api.md §4).</summary>
internal static class DocumentWriter
{
    /// <summary>Writes the shared keys into the object that the writer is in.</summary>
    public static void WriteShared(
        Utf8JsonWriter writer,
        Document document,
        DocumentType? type,
        DocumentTypePlace place,
        Provider? provider,
        string baseUrl)
    {
        writer.WriteString("_type"u8, "Document"u8);
        writer.WriteId("id"u8, document.Id.Value);
        writer.WriteString("identifier"u8, document.Identifier.Value);
        writer.WriteDate("creation_date"u8, document.CreationDate);
        writer.WriteDate("modification_date"u8, document.ModificationDate);
        writer.WritePropertyName("provider"u8);
        AccessTokenWriter.WriteShort(writer, provider);
        writer.WriteId("company"u8, document.Company.Value);
        writer.WritePropertyName("document_type"u8);
        DocumentTypeWriter.WriteEmbedded(writer, type, place);
        writer.WritePropertyName("actions"u8);
        document.Actions.WriteTo(writer);
        writer.WriteString("document_url"u8, $"{baseUrl}/documents/{document.Id}");
    }
}
