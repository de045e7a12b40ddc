using System.Globalization;
using System.Text;
using AnyFetch.Bench.Runs;

namespace AnyFetch.Bench;

/// <summary>Searches of several companies over one connection.</summary>
internal sealed class CompanySearch : IDisposable
{
    private readonly RawConnection _connection = new();
    private readonly ServerProcess _server;
    private readonly CancellationToken _cancellationToken;
    private readonly SampleText _text = new(100);

    private CompanySearch(ServerProcess server, CancellationToken cancellationToken)
    {
        _server = server;
        _cancellationToken = cancellationToken;
    }

    public static async Task<CompanySearch> ConnectAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        var search = new CompanySearch(server, cancellationToken);
        await search._connection.ConnectAsync(server.Port, cancellationToken);
        return search;
    }

    /// <summary>Looks for a word and reads the page.</summary>
    public async ValueTask SearchAsync(string token) =>
        await SendAsync(Ingest.Request(_server, "GET", $"/documents?search={_text.Word()}", null, token));

    /// <summary>How many documents the token's company finds.</summary>
    public async ValueTask<int> CountAsync(string token)
    {
        await SendAsync(Ingest.Request(_server, "GET", "/documents?limit=0&fields=count", null, token));
        var body = Encoding.UTF8.GetString(_connection.Answer.Span);
        var at = body.LastIndexOf("\"count\":", StringComparison.Ordinal) + "\"count\":".Length;
        return int.Parse(body.AsSpan(at, body.IndexOf('}', at) - at), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _connection.Dispose();

    private async ValueTask SendAsync(byte[] request)
    {
        if (await _connection.SendAsync(request, _cancellationToken) is not 200 and var status)
        {
            throw new InvalidOperationException($"GET /documents answered {status}.");
        }
    }
}
