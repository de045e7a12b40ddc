using System.Text.Json;
using AnyFetch.Core.Companies;

namespace AnyFetch.Api.Representations;

/// <summary>A company with what it holds and, under <c>/subcompanies</c>, the companies below it.</summary>
internal sealed record CompanyView(Company Company, CompanyCounts Counts, IReadOnlyList<CompanyView>? Children)
{
    /// <summary>Whether external hydraters get access tokens; null where it is not said.</summary>
    public bool? HydraterTokens { get; init; }
}

/// <summary>Writes companies (api.md §4).</summary>
internal static class CompanyWriter
{
    public static void Write(Utf8JsonWriter writer, CompanyView view)
    {
        var company = view.Company;
        writer.WriteStartObject();
        writer.WriteString("_type"u8, "Company"u8);
        writer.WriteId("id"u8, company.Id.Value);
        writer.WriteString("name"u8, company.Name);
        writer.WriteBoolean("secure"u8, company.IsSecure);
        writer.WriteTexts("hydraters"u8, company.Hydraters);
        if (view.HydraterTokens is { } tokens)
        {
            writer.WriteBoolean("hydrater_tokens"u8, tokens);
        }

        WriteHydration(writer, company.Hydration);
        writer.WriteNumber("document_count"u8, view.Counts.Documents);
        writer.WriteNumber("user_count"u8, view.Counts.Users);
        writer.WriteNumber("subcompany_count"u8, view.Counts.Subcompanies);
        writer.WriteNumber("documents_per_update"u8, company.DocumentsPerUpdate);
        writer.WriteDate("last_update"u8, company.LastUpdate);
        if (view.Children is { } children)
        {
            writer.WriteStartArray("childs"u8);
            foreach (var child in children)
            {
                Write(writer, child);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteHydration(Utf8JsonWriter writer, CompanyHydration hydration)
    {
        WriteTexts(writer, "ocr_languages"u8, hydration.Languages);
        WriteTexts(writer, "junk_names"u8, hydration.JunkNames);
        WriteTexts(writer, "junk_folders"u8, hydration.JunkFolders);
        if (hydration.CallbackSeconds is { } seconds)
        {
            writer.WriteNumber("callback_seconds"u8, seconds);
        }
        else
        {
            writer.WriteNull("callback_seconds"u8);
        }

        writer.WriteBoolean("keep_originals"u8, hydration.KeepsOriginals);
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteTexts(name, texts);
        }
    }
}
