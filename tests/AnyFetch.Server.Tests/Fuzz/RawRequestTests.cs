using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.Errors;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.Fuzz;

/// <summary>
/// Requests that no HTTP client sends: whatever the server still can answer is answered in the documented shape, by
/// Kestrel itself as well, and what it cannot answer ends with the connection; nothing is stored and nobody else notices.
/// </summary>
public sealed class RawRequestTests(RawRequestServer shared) : IClassFixture<RawRequestServer>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("GET /documents/identifier/%00 HTTP/1.1", "", 400, "BadRequest")]
    [InlineData("GET /documents?search=%00 HTTP/1.1", "", 200, null)]
    [InlineData("GET /documents?%00=1 HTTP/1.1", "", 200, null)]
    [InlineData("GET /documents/identifier/%E9 HTTP/1.1", "", 404, "ResourceNotFound")]
    [InlineData("GET /documents/identifier/%zz HTTP/1.1", "", 404, "ResourceNotFound")]
    [InlineData("GET /documents?search=%zz%ff HTTP/1.1", "", 200, null)]
    [InlineData("GET /documents/identifier/a\u0001b HTTP/1.1", "", 404, "ResourceNotFound")]
    [InlineData("GET /documents/\u00e9 HTTP/1.1", "", 400, "BadRequest")]
    [InlineData("GET documents HTTP/1.1", "", 405, "MethodNotAllowed")]
    [InlineData("GET  /documents HTTP/1.1", "", 400, "BadRequest")]
    [InlineData("GET /documents", "", 505, "HttpVersionNotSupported")]
    [InlineData("GET /documents HTTP/3.7", "", 505, "HttpVersionNotSupported")]
    [InlineData("GARBAGE", "", 400, "BadRequest")]
    [InlineData("CONNECT /documents HTTP/1.1", "", 405, "MethodNotAllowed")]
    [InlineData("OPTIONS * HTTP/1.1", "", 204, null)]
    [InlineData("TRACE /documents HTTP/1.1", "", 405, "MethodNotAllowed")]
    [InlineData("GET /documents HTTP/1.1", "No colon\r\n", 400, "BadRequest")]
    [InlineData("GET /documents HTTP/1.1", "A: b\0c\r\n", 400, "BadRequest")]
    [InlineData("GET /documents HTTP/1.1", "A : b\r\n", 400, "BadRequest")]
    [InlineData("GET /documents HTTP/1.1", "A: \u00ff\r\n", 400, "BadRequest")]
    [InlineData("GET /documents HTTP/1.1", "Host: other\r\n", 400, "BadRequest")]
    [InlineData("POST /documents HTTP/1.1", "Content-Length: ten\r\n", 400, "BadRequest")]
    [InlineData("POST /documents HTTP/1.1", "Content-Length: -1\r\n", 400, "BadRequest")]
    [InlineData("POST /documents HTTP/1.1", "Content-Length: 2\r\nContent-Length: 3\r\n", 400, "BadRequest")]
    [InlineData("POST /documents HTTP/1.1", "Transfer-Encoding: gzip\r\n", 400, "BadRequest")]
    [InlineData("POST /documents HTTP/1.1", "Content-Length: 99999999999999\r\n", 413, "RequestEntityTooLarge")]
    [InlineData("POST /documents HTTP/1.0", "", 400, "BadRequest")]
    public async Task A_head_that_is_wrong_gets_the_documented_error(string line, string headers, int status, string? code)
    {
        var answer = await SendAsync($"{line}\r\nHost: h\r\n{Bearer}{headers}Connection: close\r\n\r\n");
        Is(status, code, answer);
    }

    [Theory]
    [InlineData(70_000, 1, 0, 414, "UriTooLong")]
    [InlineData(10, 1, 40_000, 431, "HeadersTooLarge")]
    [InlineData(10, 200, 10, 431, "HeadersTooLarge")]
    public async Task A_head_beyond_its_bounds_gets_the_documented_error(
        int pathChars, int headers, int headerChars, int status, string code)
    {
        var more = string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: {new string('h', headerChars)}\r\n"));
        var answer = await SendAsync($"GET /documents/{new string('a', pathChars)} HTTP/1.1\r\nHost: h\r\n{Bearer}{more}\r\n");
        Is(status, code, answer);
    }

    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}0\r\n\r\n")]
    [InlineData("-2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n{}\r\n")]
    [InlineData("2;x=\r\n{}\r\nx\r\n\r\n")]
    [InlineData("2\r\n{\"\r\n0\r\n\r\n")]
    public async Task Broken_chunks_are_400(string body)
    {
        var answer = await SendAsync(
            $"POST /documents HTTP/1.1\r\nHost: h\r\n{Bearer}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
        Is(400, "BadRequest", answer);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('"')]
    public async Task Ten_megabytes_of_one_character_are_400(char character)
    {
        const int Length = 10_000_000;
        var answer = await SendAsync(
            $"POST /documents HTTP/1.1\r\nHost: h\r\n{Bearer}Content-Length: {Length}\r\n\r\n{new string(character, Length)}");
        Is(400, "BadRequest", answer);
    }

    /// <summary>A client that is gone, or that ended what it sends too early, gets no answer: there is none to send.</summary>
    [Theory]
    [InlineData("/documents", "application/json", "{\"identifier\":\"half\"")]
    [InlineData("/documents", "application/x-www-form-urlencoded", "identifier=half")]
    [InlineData("/providers/documents", "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"identifier\"\r\n\r\nhalf\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nha")]
    public async Task A_body_that_ends_before_its_length_changes_nothing(string path, string type, string body)
    {
        var head = $"POST {path} HTTP/1.1\r\nHost: h\r\n{Bearer}Content-Type: {type}\r\nContent-Length: 1000\r\n\r\n";
        foreach (var isHalfClosed in new[] { true, false })
        {
            var answer = await SendAsync(head + body, isHalfClosed, hangsUp: !isHalfClosed);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        }

        Assert.Equal(0, (await shared.Server.Admin.Companies.GetCurrentAsync(default)).DocumentCount);
    }

    [Fact]
    public async Task A_head_request_that_is_wrong_gets_no_body()
    {
        var answer = await SendAsync("HEAD /documents HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    /// <summary>A page of another origin must be able to read the error.</summary>
    [Fact]
    public async Task An_error_of_the_HTTP_server_itself_carries_the_CORS_headers()
    {
        var answer = await SendAsync("GET /documents/identifier/%00 HTTP/1.1\r\nHost: h\r\n\r\n");
        Assert.Contains("\r\nAccess-Control-Allow-Origin: *\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
    }

    /// <summary>The text of a file may look like a bare answer of the server; it must come back as it is.</summary>
    [Fact]
    public async Task A_file_that_looks_like_an_answer_is_sent_as_it_is()
    {
        const string Text = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        var (_, secret) = await shared.Server.AddTokenAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("answer"), "identifier" }, { new StringContent("null"), "source" },
            { new ByteArrayContent(Encoding.ASCII.GetBytes(Text)), "file", "a.bin" },
        };
        var client = shared.Server.NewHttp();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + secret);
        using var posted = await client.PostAsync("providers/documents", form);
        posted.EnsureSuccessStatusCode();
        Assert.Equal(Text, await client.GetStringAsync("documents/identifier/answer/file"));
        using var removed = await client.DeleteAsync("documents/identifier/answer");
        removed.EnsureSuccessStatusCode();
    }

    private string Bearer => $"Authorization: Bearer {shared.Server.AdminToken}\r\n";

    private static void Is(int status, string? code, string answer)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        if (code is null)
        {
            return;
        }

        using var json = JsonDocument.Parse(answer[answer.IndexOf("\r\n\r\n{", StringComparison.Ordinal)..]);
        Assert.Equal(code, json.RootElement.GetProperty("code").GetString());
        Assert.NotEmpty(json.RootElement.GetProperty("message").GetString()!);
        Assert.Equal(status, ErrorCatalog.StatusOf(Enum.Parse<ErrorCode>(code)));
    }

    /// <summary>Sends bytes and reads until the server closes the connection or its answer is whole.</summary>
    private async Task<string> SendAsync(string request, bool isHalfClosed = false, bool hangsUp = false)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(shared.Server.Url.Host, shared.Server.Url.Port);
        var stream = client.GetStream();
        using var patience = new CancellationTokenSource(s_patience);
        var answer = new MemoryStream();
        try
        {
            var writing = WriteAsync(client, Encoding.Latin1.GetBytes(request), isHalfClosed, patience.Token);
            if (hangsUp)
            {
                await writing;
                return "";
            }

            var buffer = new byte[64 * 1024];
            while (!IsWhole(answer) && await stream.ReadAsync(buffer, patience.Token) is > 0 and var count)
            {
                answer.Write(buffer, 0, count);
            }
        }
        catch (IOException)
        {
            // The server closed while the rest was on its way; what it answered is what counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Beside the reading: the server may have answered, and gone, before all is sent.</summary>
    private static async Task WriteAsync(TcpClient client, byte[] request, bool isHalfClosed, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetStream().WriteAsync(request, cancellationToken);
            if (isHalfClosed)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The answer tells.
        }
    }

    private static bool IsWhole(MemoryStream answer)
    {
        var text = Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = text.IndexOf("Content-Length: ", StringComparison.Ordinal);
        return end > 0 && at > 0 && at < end && text.Length - end - 4
            >= int.Parse(text.AsSpan(at + 16, text.IndexOf('\r', at) - at - 16), CultureInfo.InvariantCulture);
    }
}
