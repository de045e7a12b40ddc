using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Client;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>Changes documents of its own and remembers, for each, what the server acknowledged and what it did not.</summary>
internal sealed class KillWorker(Uri url, string token, int number)
{
    private readonly Random _random = new(number);
    private readonly Dictionary<string, KillDocument> _documents = [];
    private int _next;

    /// <summary>Changes that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Changes documents until the server dies.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var client = ClientOf(http);
        while (!cancellationToken.IsCancellationRequested)
        {
            var document = Choose();
            var before = document.Now;
            var (next, send) = Step(client, document);

            // Until the answer is here both may be true; once it is, only the new state may.
            document.Allowed = [before, next];
            document.Now = next;
            try
            {
                await send(cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or AnyFetchException or IOException)
            {
                return;
            }

            document.Allowed = [next];
            Acknowledged++;
        }
    }

    /// <summary>Compares every document with what the server has, and goes on from that.</summary>
    public async Task CheckAsync()
    {
        using var http = new HttpClient();
        var client = ClientOf(http);
        foreach (var document in _documents.Values)
        {
            var there = await ReadAsync(client, document);
            Assert.True(
                document.Allowed.Any(allowed => allowed.Matches(there)),
                $"{document.Identifier}: allowed {string.Join(" or ", document.Allowed)}, there is {there}.");
            var possible = document.Allowed.Where(allowed => allowed.Matches(there)).ToList();

            // Whether an upload without an answer took place cannot be seen from here, and both are right.
            document.Now = possible.Count == 1 ? possible[0] : possible[0] with { File = null };
            document.Allowed = [document.Now];
        }
    }

    /// <summary>The identifiers of what is there.</summary>
    public async Task<IReadOnlyList<string>> ListThereAsync()
    {
        using var http = new HttpClient();
        var client = ClientOf(http);
        var there = new List<string>();
        foreach (var document in _documents.Values)
        {
            if ((await ReadAsync(client, document)).Version is not null)
            {
                there.Add(document.Identifier);
            }
        }

        return there;
    }

    /// <summary>The identifiers of documents whose file's word is not in their text yet.</summary>
    public async Task<IReadOnlyList<string>> ListUnhydratedAsync()
    {
        var missing = new List<string>();
        using var http = new HttpClient();
        var client = ClientOf(http);
        foreach (var document in _documents.Values.Where(d => d.Now is { Version: not null, File: not null }))
        {
            var text = (await ReadAsync(client, document)).Text;
            if (text is null || !text.Contains(document.Now.File!, StringComparison.Ordinal))
            {
                missing.Add($"{document.Identifier} ({document.Now.File}: {text})");
            }
        }

        return missing;
    }

    private AnyFetchClient ClientOf(HttpClient http) =>
        new(http, url, AnyFetchCredentials.Bearer(token), new AnyFetchClientOptions { RetriesMax = 0 });

    /// <summary>Mostly new documents, sometimes one of before.</summary>
    private KillDocument Choose()
    {
        if (_documents.Count > 0 && _random.Next(3) > 0)
        {
            return _documents.Values.ElementAt(_random.Next(_documents.Count));
        }

        var document = new KillDocument($"kill-{number}-{_next++}");
        _documents.Add(document.Identifier, document);
        return document;
    }

    private (KillState Next, Func<CancellationToken, Task> Send) Step(AnyFetchClient client, KillDocument document)
    {
        var reference = DocumentRef.ByIdentifier(document.Identifier);
        var version = document.Versions++;
        var draft = new DocumentDraft
        {
            Metadata = new JsonObject { ["title"] = document.Identifier, ["version"] = version, ["path"] = "/note.txt" },
        };
        if (document.Now.Version is null)
        {
            return (
                new KillState(version, null),
                stop => client.Documents.SendAsync(draft with { Identifier = document.Identifier }, stop));
        }

        switch (_random.Next(4))
        {
            case 0:
                return (new KillState(null, null), stop => client.Documents.DeleteAsync(reference, stop));
            case 1:
                var word = $"file{document.Identifier.Replace("-", "x", StringComparison.Ordinal)}v{version}";
                return (document.Now with { File = word }, stop => client.Documents.UploadFileAsync(reference, FileOf(word), stop));
            default:
                return (document.Now with { Version = version }, stop => client.Documents.PatchAsync(reference, draft, stop));
        }
    }

    private static DocumentFile FileOf(string word) => new()
    {
        Name = "note.txt",
        ContentType = "text/plain",
        Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes($"This is {word} in a file."))),
    };

    private static async Task<KillState> ReadAsync(AnyFetchClient client, KillDocument document)
    {
        try
        {
            var raw = await client.Documents.GetRawAsync(DocumentRef.ByIdentifier(document.Identifier), default);
            var metadata = raw.Metadata!.Value;
            var text = metadata.TryGetProperty("text", out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
            return new KillState(metadata.GetProperty("version").GetInt32(), null) { Text = text };
        }
        catch (AnyFetchException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return new KillState(null, null);
        }
    }
}

/// <summary>A document of a worker.</summary>
internal sealed class KillDocument(string identifier)
{
    public string Identifier => identifier;

    public int Versions { get; set; }

    /// <summary>What the worker goes on from.</summary>
    public KillState Now { get; set; } = new(null, null);

    /// <summary>What may be there.</summary>
    public KillState[] Allowed { get; set; } = [new(null, null)];

}

/// <summary>A document's state: the version in its metadata, null when there is no document; the word in its file.</summary>
internal sealed record KillState(int? Version, string? File)
{
    public string? Text { get; init; }

    public bool Matches(KillState there) => there.Version == Version;
}
