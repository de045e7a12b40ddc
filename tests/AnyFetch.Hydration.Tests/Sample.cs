using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Filters;
using AnyFetch.Hydration.Filters;
using AnyFetch.Hydration.Rounds;

namespace AnyFetch.Hydration.Tests;

/// <summary>Documents, types and hydraters to test with.</summary>
internal static class Sample
{
    internal static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    internal static readonly StoredFile File = new(FileHash.FromDigest(new byte[32]), 3);

    internal static readonly RoundRules Rules = new(20, LowPriorityAfterErrors: false);

    internal static readonly DocumentType FileType = Type(BuiltInDocumentTypes.File, "file");

    internal static readonly DocumentType EmailType = Type(BuiltInDocumentTypes.Email, "email");

    internal static readonly DocumentType DocumentType = Type(BuiltInDocumentTypes.Document, "document");

    internal static readonly Core.DocumentTypes.DocumentTypes Types = new([FileType, EmailType, DocumentType]);

    internal static Document Document(string metadata = "{}", StoredFile? file = null) => new()
    {
        Id = new DocumentId(ObjectId.Parse("0000000000000000000000d1")),
        Company = new CompanyId(ObjectId.Parse("0000000000000000000000c1")),
        Provider = new AccessTokenId(ObjectId.Parse("0000000000000000000000a1")),
        Identifier = Identifier.Parse("doc"),
        Type = BuiltInDocumentTypes.File,
        CreationDate = Now,
        ModificationDate = Now,
        Metadata = JsonFields.FromText(metadata),
        File = file,
    };

    internal static DocumentType Type(DocumentTypeId id, string name) => new()
    {
        Id = id,
        Name = name,
        Description = name,
        Templates = new ViewTexts("", "", ""),
        Projections = new ViewTexts("", "", ""),
        Mapping = JsonFields.Empty,
    };

    internal static string Url(string name) => $"http://127.0.0.1:9/{name}/hydrate";

    internal static Hydrater Hydrater(string name, string filters, int priority = 0, params string[] excludes) => new()
    {
        Id = new HydraterId(ObjectId.New(Now)),
        Url = Url(name),
        ShortName = name,
        Description = name,
        Filters = filters,
        Priority = priority,
        Excludes = [.. excludes.Select(Url)],
    };

    internal static HydraterStack Stack(params Hydrater[] hydraters) => new(
        [.. hydraters.Select((h, i) => new EnabledHydrater(h, Filters(h.Filters), i))]);

    internal static FilterSet Filters(string json)
    {
        var filters = FilterSet.Parse(json, out var error);
        Assert.Null(error);
        return filters!;
    }
}
