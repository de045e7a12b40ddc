using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Json;

namespace AnyFetch.Hydration.Workers;

/// <summary>Writes a document as hydraters get it (hydration.md §5).</summary>
internal static class DocumentJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = JsonFields.DepthMax + 4,
        SkipValidation = true,
    };

    /// <summary>The document alone, without a token.</summary>
    internal static ReadOnlyMemory<byte> Write(Document document, string typeName, CompanyHydration company)
    {
        var buffer = new ArrayBufferWriter<byte>(LengthOf(document) + 1_024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, document, typeName, company, "");
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The body of <c>POST {hydrater}</c>.</summary>
    internal static ReadOnlyMemory<byte> WriteCall(
        Document document,
        string typeName,
        CompanyHydration company,
        string? fileUrl,
        string callback,
        string accessToken,
        int priority)
    {
        var buffer = new ArrayBufferWriter<byte>(LengthOf(document) + 2_048);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("file_path", fileUrl);
            writer.WriteString("callback", callback);
            writer.WriteNumber("priority", priority);
            writer.WritePropertyName("document");
            Write(writer, document, typeName, company, accessToken);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static int LengthOf(Document document) =>
        document.Metadata.Utf8.Length + document.Data.Utf8.Length + document.Actions.Utf8.Length;

    private static void Write(
        Utf8JsonWriter writer, Document document, string typeName, CompanyHydration company, string accessToken)
    {
        writer.WriteStartObject();
        writer.WriteString("id", document.Id.ToString());
        writer.WriteString("identifier", document.Identifier.Value);
        writer.WriteString("document_type", typeName);
        WriteFields(writer, "metadata", document.Metadata);
        WriteFields(writer, "data", document.Data);
        WriteFields(writer, "actions", document.Actions);
        WriteTexts(writer, "related", document.Related);
        WriteTexts(writer, "user_access", document.UserAccess?.Select(u => u.ToString()));
        writer.WriteString("creation_date", Text(document.CreationDate));
        writer.WriteString("modification_date", Text(document.ModificationDate));
        writer.WriteString("access_token", accessToken);
        if (company != CompanyHydration.Unsaid)
        {
            WriteCompany(writer, company);
        }

        writer.WriteEndObject();
    }

    /// <summary>Only what the company says: hydraters have defaults of their own.</summary>
    private static void WriteCompany(Utf8JsonWriter writer, CompanyHydration company)
    {
        writer.WriteStartObject("company");
        foreach (var (name, texts) in (ReadOnlySpan<(string, IReadOnlyList<string>?)>)
            [("ocr_languages", company.Languages), ("junk_names", company.JunkNames), ("junk_folders", company.JunkFolders)])
        {
            if (texts is not null)
            {
                WriteTexts(writer, name, texts);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, string name, JsonFields fields)
    {
        writer.WritePropertyName(name);
        fields.WriteTo(writer);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string>? texts)
    {
        if (texts is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
