using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The hydraters that the company can use: <c>/hydraters</c>.</summary>
public sealed class HydratersClient
{
    private readonly ApiTransport _transport;

    internal HydratersClient(ApiTransport transport) => _transport = transport;

    /// <summary>The built-in ones, and those of the company and the companies above it.</summary>
    public async Task<IReadOnlyList<HydraterReference>> ListAsync(CancellationToken cancellationToken) =>
        await _transport.GetAsync("hydraters", ClientJson.Default.HydraterReferenceArray, cancellationToken);

    /// <summary>
    /// Registers a hydrater, or changes the registration that has its URL. Administrators only. A new one runs for the
    /// company at once.
    /// </summary>
    /// <param name="draft">The registration.</param>
    /// <param name="cancellationToken">Stops the calls.</param>
    public async Task<HydraterReference> PutAsync(HydraterDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var known = await ListAsync(cancellationToken);
        var request = known.FirstOrDefault(h => h.Url == draft.Url) is { } same
            ? ApiRequest.PatchJson(Path(same.Id), draft, ClientJson.Default.HydraterDraft)
            : ApiRequest.PostJson("hydraters", draft, ClientJson.Default.HydraterDraft);
        return await _transport.ReadAsync(request, ClientJson.Default.HydraterReference, cancellationToken);
    }

    /// <summary>Takes a hydrater out of use for the company and those below it. Administrators only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id)), cancellationToken);

    private static string Path(string id) => "hydraters/" + Uri.EscapeDataString(id);
}
