namespace AnyFetch.Client;

/// <summary>A binary answer, read from the network as the caller reads it. Dispose it to free the connection.</summary>
public sealed class DocumentDownload : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal DocumentDownload(HttpResponseMessage response, Stream content)
    {
        _response = response;
        Content = content;
    }

    /// <summary>The bytes, forward only.</summary>
    public Stream Content { get; }

    /// <summary>The length in bytes when the server announced it.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>The media type when the server announced it.</summary>
    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _response.Dispose();
    }
}
