using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The caller's company and its subcompanies: <c>/company</c> and <c>/subcompanies</c>.</summary>
public sealed class CompaniesClient
{
    private readonly ApiTransport _transport;

    internal CompaniesClient(ApiTransport transport) => _transport = transport;

    /// <summary>The caller's company.</summary>
    public Task<Company> GetCurrentAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("company", ClientJson.Default.Company, cancellationToken);

    /// <summary>Changes the caller's company. Administrators only.</summary>
    /// <param name="change">What to set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Company> PatchCurrentAsync(CompanyChange change, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PatchJson("company", change, ClientJson.Default.CompanyChange),
            ClientJson.Default.Company, cancellationToken);

    /// <summary>Asks every source of every user to update.</summary>
    /// <returns>Each source's status, by user id and source id.</returns>
    public async Task<IReadOnlyDictionary<string, Dictionary<string, int>>> UpdateCurrentAsync(
        CancellationToken cancellationToken) =>
        await _transport.ReadAsync(
            ApiRequest.Post("company/update"),
            ClientJson.Default.DictionaryStringDictionaryStringInt32, cancellationToken);

    /// <summary>Removes every document, token and source of the company, the token in use included.</summary>
    public Task ResetCurrentAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete("company/reset"), cancellationToken);

    /// <summary>The direct subcompanies, each with its own, recursively.</summary>
    public async Task<IReadOnlyList<Company>> ListSubcompaniesAsync(CancellationToken cancellationToken) =>
        await _transport.GetAsync("subcompanies", ClientJson.Default.CompanyArray, cancellationToken);

    /// <summary>One descendant.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Company> GetSubcompanyAsync(string id, CancellationToken cancellationToken) =>
        _transport.GetAsync(Path(id), ClientJson.Default.Company, cancellationToken);

    /// <summary>Creates a subcompany and moves a user into it.</summary>
    /// <param name="creation">What to create.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Company> CreateSubcompanyAsync(SubcompanyCreation creation, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PostJson("subcompanies", creation, ClientJson.Default.SubcompanyCreation),
            ClientJson.Default.Company, cancellationToken);

    /// <summary>Changes a descendant.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">What to set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Company> PatchSubcompanyAsync(string id, CompanyChange change, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PatchJson(Path(id), change, ClientJson.Default.CompanyChange),
            ClientJson.Default.Company, cancellationToken);

    /// <summary>Deletes a descendant with its users, tokens and documents.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="force">Whether its own descendants go too; otherwise their presence refuses the call.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteSubcompanyAsync(string id, bool force, CancellationToken cancellationToken) =>
        _transport.SendAsync(
            ApiRequest.Delete(new QueryBuilder(Path(id)).Add("force", force ? true : null).ToString()),
            cancellationToken);

    /// <summary>Removes all tokens and documents of a descendant, not of its children.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task ResetSubcompanyAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id) + "/reset"), cancellationToken);

    private static string Path(string id) => "subcompanies/" + Uri.EscapeDataString(id);
}
