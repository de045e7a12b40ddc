using System.Text.Json;
using AnyFetch.Core.DocumentTypes;
using TypeSet = AnyFetch.Core.DocumentTypes.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;

namespace AnyFetch.Api.Representations;

/// <summary>What writing a raw document needs to know besides it.</summary>
internal sealed record RawDocumentView(
    Document Document,
    TypeSet Types,
    HydraterSet Hydraters,
    Provider? Provider,
    string BaseUrl)
{
    /// <summary>Whether each hydrater's work is told in detail.</summary>
    public bool HasTimeline { get; init; }
}

/// <summary>Writes raw documents (api.md §4).</summary>
internal static class RawDocumentWriter
{
    public static void Write(Utf8JsonWriter writer, RawDocumentView view)
    {
        var document = view.Document;
        writer.WriteStartObject();
        DocumentWriter.WriteShared(
            writer, document, view.Types.Find(document.Type), DocumentTypePlace.Raw, view.Provider, view.BaseUrl);
        writer.WriteString("projection_type"u8, "raw"u8);
        writer.WritePropertyName("data"u8);
        document.Data.WriteTo(writer);
        writer.WritePropertyName("metadata"u8);
        document.Metadata.WriteTo(writer);
        writer.WriteStartArray("related"u8);
        foreach (var id in document.Related)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
        WriteHydration(writer, view);
        WriteUserAccess(writer, document);
        writer.WriteEndObject();
    }

    /// <summary><c>user_access</c> as ids, or null for the whole company.</summary>
    public static void WriteUserAccess(Utf8JsonWriter writer, Document document)
    {
        if (document.UserAccess is not { } users)
        {
            writer.WriteNull("user_access"u8);
            return;
        }

        writer.WriteStartArray("user_access"u8);
        foreach (var user in users)
        {
            writer.WriteIdValue(user.Value);
        }

        writer.WriteEndArray();
    }

    private static void WriteHydration(Utf8JsonWriter writer, RawDocumentView view)
    {
        var hydration = view.Document.Hydration;
        writer.WriteDate("last_hydration"u8, hydration.LastHydration);
        WriteHydraters(writer, "hydrating"u8, hydration.Runs.Count == 0 ? [] : hydration.Hydrating, view.Hydraters);
        WriteHydraters(writer, "hydrated_by"u8, hydration.Runs.Count == 0 ? [] : hydration.HydratedBy, view.Hydraters);
        if (hydration.ErroredBy is { } url)
        {
            writer.WritePropertyName("hydrater_errored"u8);
            HydraterWriter.WriteEmbedded(writer, url, view.Hydraters);
        }
        else
        {
            writer.WriteNull("hydrater_errored"u8);
        }

        writer.WriteString("hydration_error"u8, hydration.Error);
        if (view.HasTimeline)
        {
            WriteTimeline(writer, hydration);
        }
    }

    /// <summary>What each hydrater of the generation did, in the order of their dispatch (hydration.md §3).</summary>
    private static void WriteTimeline(Utf8JsonWriter writer, HydrationState hydration)
    {
        writer.WriteNumber("hydration_generation"u8, hydration.Generation);
        writer.WriteStartArray("hydrations"u8);
        foreach (var run in hydration.Runs)
        {
            writer.WriteStartObject();
            writer.WriteString("url"u8, run.Url);
            writer.WriteString("state"u8, run.State switch
            {
                HydraterRunState.Hydrating => "hydrating"u8,
                HydraterRunState.Done => "done"u8,
                _ => "errored"u8,
            });
            writer.WriteNumber("attempts"u8, run.Attempts);
            writer.WriteDate("dispatched_at"u8, run.DispatchedAt);
            writer.WriteDate("ended_at"u8, run.EndedAt);
            writer.WriteString("error"u8, run.Error);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteHydraters(
        Utf8JsonWriter writer,
        ReadOnlySpan<byte> name,
        IEnumerable<string> urls,
        HydraterSet hydraters)
    {
        writer.WriteStartArray(name);
        foreach (var url in urls)
        {
            HydraterWriter.WriteEmbedded(writer, url, hydraters);
        }

        writer.WriteEndArray();
    }
}
