using AnyFetch.Client.Http;

namespace AnyFetch.Client;

/// <summary>The current user and the users of the company: <c>/user</c> and <c>/users</c>.</summary>
public sealed class UsersClient
{
    private readonly ApiTransport _transport;

    internal UsersClient(ApiTransport transport) => _transport = transport;

    /// <summary>The caller.</summary>
    public Task<User> GetCurrentAsync(CancellationToken cancellationToken) =>
        _transport.GetAsync("user", ClientJson.Default.User, cancellationToken);

    /// <summary>Changes the caller.</summary>
    /// <param name="change">What to set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<User> PatchCurrentAsync(UserChange change, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PatchJson("user", change, ClientJson.Default.UserChange),
            ClientJson.Default.User, cancellationToken);

    /// <summary>Every user of the company. Administrators only.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken) =>
        await _transport.GetAsync("users", ClientJson.Default.UserArray, cancellationToken);

    /// <summary>One user.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<User> GetAsync(string id, CancellationToken cancellationToken) =>
        _transport.GetAsync(Path(id), ClientJson.Default.User, cancellationToken);

    /// <summary>Creates a user in the caller's company. Administrators only.</summary>
    /// <param name="user">E-mail, name and password are required.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<User> CreateAsync(UserChange user, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PostJson("users", user, ClientJson.Default.UserChange),
            ClientJson.Default.User, cancellationToken);

    /// <summary>Changes a user. Needs Basic credentials.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="change">What to set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<User> PatchAsync(string id, UserChange change, CancellationToken cancellationToken) =>
        _transport.ReadAsync(
            ApiRequest.PatchJson(Path(id), change, ClientJson.Default.UserChange),
            ClientJson.Default.User, cancellationToken);

    /// <summary>Deletes a user with its tokens and documents. Administrators only.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id)), cancellationToken);

    /// <summary>Asks every source of the caller to update.</summary>
    /// <returns>Each source's status by its id: 202 started, 204 already at work, 504 not reached.</returns>
    public async Task<IReadOnlyDictionary<string, int>> UpdateCurrentAsync(CancellationToken cancellationToken) =>
        await _transport.ReadAsync(
            ApiRequest.Post("user/update"), ClientJson.Default.DictionaryStringInt32, cancellationToken);

    /// <summary>Asks every source of one user to update.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Each source's status by its id.</returns>
    public async Task<IReadOnlyDictionary<string, int>> UpdateAsync(string id, CancellationToken cancellationToken) =>
        await _transport.ReadAsync(
            ApiRequest.Post(Path(id) + "/update"), ClientJson.Default.DictionaryStringInt32, cancellationToken);

    /// <summary>Removes all tokens and documents of the caller, the token in use included.</summary>
    public Task ResetCurrentAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete("user/reset"), cancellationToken);

    /// <summary>Removes all tokens and documents of one user.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task ResetAsync(string id, CancellationToken cancellationToken) =>
        _transport.SendAsync(ApiRequest.Delete(Path(id) + "/reset"), cancellationToken);

    private static string Path(string id) => "users/" + Uri.EscapeDataString(id);
}
