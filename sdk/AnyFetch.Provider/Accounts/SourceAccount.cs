using System.Text.Json.Nodes;

namespace AnyFetch.Provider;

/// <summary>One connected account, live: all tasks of a run share it and see replaced service data at once.</summary>
public sealed class SourceAccount
{
    private readonly Func<JsonObject, CancellationToken, Task> _save;
    private volatile JsonObject _data;

    internal SourceAccount(long id, string name, JsonObject data, Func<JsonObject, CancellationToken, Task> save)
    {
        Id = id;
        Name = name;
        _data = data;
        _save = save;
    }

    /// <summary>The library's own number for it: stable, and no secret.</summary>
    public long Id { get; }

    /// <summary>The label from the source, usually an e-mail address. Two accounts may share it.</summary>
    public string Name { get; }

    /// <summary>
    /// The service data (refresh token, path, …). Treat it as read-only; replace it with <see cref="SaveDataAsync"/>.
    /// </summary>
    public JsonObject Data => _data;

    /// <summary>A text member of the service data; null when absent or not a text.</summary>
    /// <param name="name">The member's name.</param>
    public string? Text(string name) =>
        _data.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>
    /// Replaces the service data, encrypted and durable when the task ends: store a rotated refresh token before using it.
    /// </summary>
    /// <param name="data">The new service data.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task SaveDataAsync(JsonObject data, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        await _save(data, cancellationToken);
        _data = data;
    }
}
