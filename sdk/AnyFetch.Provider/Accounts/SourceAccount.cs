using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>One connected account, live: all tasks of a run share it and see replaced service data at once.</summary>
public sealed class SourceAccount
{
    private readonly IAccountData _stored;
    private volatile JsonObject _data;

    internal SourceAccount(long id, string name, JsonObject data, IAccountData stored)
    {
        Id = id;
        Name = name;
        _data = data;
        _stored = stored;
    }

    /// <summary>The library's own number for it: stable, and no secret.</summary>
    public long Id { get; }

    /// <summary>The label from the source, usually an e-mail address. Two accounts may share it.</summary>
    public string Name { get; }

    /// <summary>
    /// The service data (refresh token, path, …). Treat it as read-only; replace it with <see cref="SaveDataAsync"/>.
    /// </summary>
    public JsonObject Data => _data;

    /// <summary>What the source was asked to do for the account (<see cref="ISubscriber"/>), as of when the call began; or null.</summary>
    public Subscription? Subscription { get; internal init; }

    /// <summary>A text member of the service data; null when absent or not a text.</summary>
    /// <param name="name">The member's name.</param>
    public string? Text(string name) =>
        _data.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>
    /// Replaces the service data, encrypted and durable when the task ends. A dry run and the sending of one document keep
    /// it to themselves; for tokens use <see cref="ChangeGrantAsync"/>, which is always durable.
    /// </summary>
    /// <param name="data">The new service data.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task SaveDataAsync(JsonObject data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        await _stored.SaveAsync(data, cancellationToken);
        _data = data;
    }

    /// <summary>
    /// Changes members of the service data that hold the grant, encrypted and durable when the task ends, in every kind of
    /// run: store a rotated refresh token before using it. Call it for one change of an account at a time.
    /// </summary>
    /// <param name="change">Changes the service data as it is stored now.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task ChangeGrantAsync(Action<JsonObject> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await _stored.LoadAsync(cancellationToken) is { } stored)
        {
            change(stored);
            await _stored.SaveGrantAsync(stored, cancellationToken);
        }

        var data = (JsonObject)_data.DeepClone();
        change(data);
        _data = data;
    }

    /// <summary>Takes over what another run of the account stored meanwhile.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        if (await _stored.LoadAsync(cancellationToken) is { } stored)
        {
            var data = (JsonObject)_data.DeepClone();
            foreach (var (name, value) in stored)
            {
                data[name] = value?.DeepClone();
            }

            _data = data;
        }
    }
}
