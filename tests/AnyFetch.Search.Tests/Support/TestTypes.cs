using AnyFetch.Core.Companies;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;

namespace AnyFetch.Search.Tests.Support;

/// <summary>A store of document types in memory.</summary>
public sealed class TestTypes : IDocumentTypeStore
{
    private readonly List<DocumentType> _types =
    [
        Make(BuiltInDocumentTypes.File, "file", "{}"),
        Make(BuiltInDocumentTypes.Document, "document", "{}"),
        Make(BuiltInDocumentTypes.Contact, "contact", """
            {"properties":{"metadata":{"properties":{
              "name":{"type":"string","boost":12},
              "birthday":{"type":"date"},
              "phone":{"properties":{"phone":{"type":"string","analyzer":"phone_number"},
                                     "type":{"type":"string","index":"not_analyzed"}}},
              "email":{"properties":{"email":{"type":"string","analyzer":"url_email","boost":4}}}}}}}
            """),
        Make(BuiltInDocumentTypes.Email, "email", """
            {"properties":{"metadata":{"properties":{
              "subject":{"type":"string","boost":4},"date":{"type":"date"},
              "attachmentsCount":{"type":"integer"}}}}}
            """),
    ];

    public static DocumentType Make(DocumentTypeId id, string name, string mapping) => new()
    {
        Id = id,
        Name = name,
        Description = name,
        Templates = new ViewTexts("", "", ""),
        Projections = new ViewTexts("", "", ""),
        Mapping = JsonFields.FromText(mapping),
    };

    public DocumentTypeId Add(string name, string mapping)
    {
        var id = new DocumentTypeId(ObjectId.New(DateTimeOffset.UnixEpoch));
        _types.Add(Make(id, name, mapping));
        return id;
    }

    public ValueTask<IReadOnlyList<DocumentType>> ListAsync(CancellationToken cancellationToken) => new([.. _types]);

    public ValueTask<bool> AddAsync(DocumentType type, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask PutBuiltInAsync(DocumentType type, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> UpdateAsync(DocumentType type, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> RemoveAsync(
        DocumentTypeId id, IReadOnlyCollection<CompanyId> companies, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
