using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>Built-in and custom document types: <c>/document_types</c>.</summary>
public sealed class DocumentTypesClient
{
    private readonly ApiTransport _transport;

    internal DocumentTypesClient(ApiTransport transport) => _transport = transport;

    /// <summary>Every type that the company can use, with counts.</summary>
    public async Task<IReadOnlyList<DocumentType>> ListAsync(CancellationToken cancellationToken) =>
        await _transport.GetAsync("document_types", ClientJson.Default.DocumentTypeArray, cancellationToken);

    /// <summary>One type.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<DocumentType> GetAsync(string id, CancellationToken cancellationToken) =>
        _transport.GetAsync(Path(id), ClientJson.Default.DocumentType, cancellationToken);

    /// <summary>Creates a type, visible to the company and its descendants. Administrators only.</summary>
    /// <param name="creation">What to create.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<DocumentType> CreateAsync(DocumentTypeCreation creation, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PostJson("document_types", creation, ClientJson.Default.DocumentTypeCreation),
            ClientJson.Default.DocumentType, cancellationToken);

    /// <summary>Changes a type that the company owns.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">What to set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<DocumentType> PatchAsync(string id, DocumentTypeChange change, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PatchJson(Path(id), change, ClientJson.Default.DocumentTypeChange),
            ClientJson.Default.DocumentType, cancellationToken);

    /// <summary>Deletes a type that the company owns and that no document uses.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id)), cancellationToken);

    private static string Path(string id) => "document_types/" + Uri.EscapeDataString(id);
}
