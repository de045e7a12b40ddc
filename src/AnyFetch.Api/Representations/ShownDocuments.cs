using System.Text.Json;
using AnyFetch.Api.Projection;
using AnyFetch.Api.Providers;
using AnyFetch.Api.Rendering;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;

namespace AnyFetch.Api.Representations;

/// <summary>What all documents of one answer share.</summary>
internal sealed record ShownContext(
    TypeSet Types,
    ProviderSet Providers,
    ShownQuery Query,
    bool RendersTemplates,
    string BaseUrl);

/// <summary>Writes projected documents: hits, the full view, and related ones by their title.</summary>
internal sealed class ShownDocuments(ProjectionInputs inputs, ProjectionEngine projections, TemplateRenderer templates)
{
    /// <summary>A document in a search's answer.</summary>
    public void WriteHit(Utf8JsonWriter writer, Document document, float score, ShownContext context)
    {
        var type = context.Types.Find(document.Type);
        writer.WriteStartObject();
        WriteShared(writer, document, type, DocumentTypePlace.Snippet, context);
        writer.WriteString("projection_type"u8, "snippet"u8);
        WriteView(writer, document, type, DocumentView.Snippet, "rendered_snippet"u8, context);
        writer.WriteNumber("related_count"u8, document.Related.Count);
        writer.WriteNumber("score"u8, score);
        writer.WriteEndObject();
    }

    /// <summary>A document by itself, with those it is related to.</summary>
    public void WriteFull(
        Utf8JsonWriter writer,
        Document document,
        IReadOnlyList<Document> related,
        ShownContext context)
    {
        var type = context.Types.Find(document.Type);
        writer.WriteStartObject();
        WriteShared(writer, document, type, DocumentTypePlace.Full, context);
        writer.WriteString("projection_type"u8, "full"u8);
        writer.WritePropertyName("title"u8);
        WriteProjected(writer, Project(document, type, DocumentView.Title, context));
        WriteView(writer, document, type, DocumentView.Full, "rendered_full"u8, context);
        writer.WriteStartArray("related"u8);
        foreach (var other in related)
        {
            WriteTitle(writer, other, context);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes <c>title</c> and <c>document_type</c> of the document that a list of others belongs to.</summary>
    public void WriteHeading(Utf8JsonWriter writer, Document document, ShownContext context)
    {
        var type = context.Types.Find(document.Type);
        writer.WritePropertyName("title"u8);
        WriteProjected(writer, Project(document, type, DocumentView.Title, context));
        writer.WritePropertyName("document_type"u8);
        DocumentTypeWriter.WriteEmbedded(writer, type, DocumentTypePlace.Title);
    }

    /// <summary>The HTML of the full view by itself.</summary>
    public string RenderFull(Document document, TypeSet types, ShownQuery query)
    {
        var type = types.Find(document.Type);
        return type is null
            ? ""
            : templates.Render(
                type,
                DocumentView.Full,
                projections.Project(type, DocumentView.Full, inputs.Create(document, DocumentView.Full, query)));
    }

    /// <summary>A related document: its title is its data.</summary>
    private void WriteTitle(Utf8JsonWriter writer, Document document, ShownContext context)
    {
        var type = context.Types.Find(document.Type);
        writer.WriteStartObject();
        WriteShared(writer, document, type, DocumentTypePlace.Title, context);
        writer.WriteString("projection_type"u8, "title"u8);
        writer.WritePropertyName("data"u8);
        WriteProjected(writer, Project(document, type, DocumentView.Title, context));
        writer.WriteEndObject();
    }

    private void WriteView(
        Utf8JsonWriter writer,
        Document document,
        DocumentType? type,
        DocumentView view,
        ReadOnlySpan<byte> renderedName,
        ShownContext context)
    {
        var projected = Project(document, type, view, context);
        if (!context.RendersTemplates)
        {
            writer.WritePropertyName("data"u8);
            WriteProjected(writer, projected);
            return;
        }

        var titled = Project(document, type, DocumentView.Title, context);
        writer.WriteString("rendered_title"u8, Render(type, DocumentView.Title, titled));
        writer.WriteString(renderedName, Render(type, view, projected));
    }

    private ReadOnlyMemory<byte> Project(Document document, DocumentType? type, DocumentView view, ShownContext context) =>
        type is null ? default : projections.Project(type, view, inputs.Create(document, view, context.Query));

    private string Render(DocumentType? type, DocumentView view, ReadOnlyMemory<byte> projected) =>
        type is null ? "" : templates.Render(type, view, projected);

    private static void WriteProjected(Utf8JsonWriter writer, ReadOnlyMemory<byte> projected) =>
        writer.WriteRawValue(projected.IsEmpty ? "{}"u8 : projected.Span, skipInputValidation: true);

    private static void WriteShared(
        Utf8JsonWriter writer,
        Document document,
        DocumentType? type,
        DocumentTypePlace place,
        ShownContext context) =>
        DocumentWriter.WriteShared(
            writer, document, type, place, context.Providers.Find(document.Provider), context.BaseUrl);
}
