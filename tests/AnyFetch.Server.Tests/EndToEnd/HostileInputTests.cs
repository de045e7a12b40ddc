using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using AnyFetch.Core.Errors;
using AnyFetch.Server.Tests.Servers;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>
/// Requests that no well-behaved client sends, over a raw socket: each gets its documented error, or the connection is
/// closed when there is nothing to answer, and nothing changes.
/// </summary>
public sealed class HostileInputTests
{
    private const int TenMegabytes = 10_000_000;

    /// <summary>For what must be answered.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>For what the server may wait for the rest of, which never comes.</summary>
    private static readonly TimeSpan s_shortPatience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Hostile_requests_get_documented_errors_and_change_nothing()
    {
        await using var server = await TestServer.StartAsync(("Http:BodyBytesPerSecondMin", "0"));
        var faults = new List<string>();
        foreach (var (name, request, allowed) in Requests(server.AdminToken))
        {
            var (status, body) = await SendAsync(server.Url, request, allowed.Contains(0) ? s_shortPatience : s_patience);
            if (!allowed.Contains(status) || !IsDocumented(status, body))
            {
                faults.Add($"{name}: {status} {body[..Math.Min(body.Length, 200)]}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(0, (await server.Admin.Companies.GetCurrentAsync(default)).DocumentCount);
    }

    /// <summary>A name, the bytes, and the statuses that are right; 0 is a closed connection.</summary>
    private static IEnumerable<(string Name, byte[] Request, int[] Allowed)> Requests(string token)
    {
        yield return ("truncated JSON", Post(token, """{"identifier":"a","metadata":{"""), [400]);
        yield return ("no JSON", Post(token, "hello"), [400]);
        yield return ("a list instead of an object", Post(token, "[1,2]"), [400, 409]);
        yield return ("a body shorter than its length", Post(token, "{}", length: 100), [0, 400]);
        yield return ("a length that is no number", Raw(token, "Content-Length: ten\r\n", "{}"), [400]);
        yield return ("a negative length", Raw(token, "Content-Length: -5\r\n", "{}"), [400]);
        yield return ("a length beyond all bounds", Raw(token, "Content-Length: 99999999999999\r\n", "{}"), [0, 400, 413]);
        yield return ("two lengths", Raw(token, "Content-Length: 2\r\nContent-Length: 3\r\n", "{}"), [400]);
        yield return ("bad chunks", Raw(token, "Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n"), [400]);
        yield return ("nested 100 levels", Post(token, Nested(100)), [400, 409]);
        yield return ("10 MB of nested lists", Post(token, Nested(TenMegabytes / 2)), [400, 409, 413]);
        yield return ("10 MB of opening braces", Post(token, new string('[', TenMegabytes)), [400, 409, 413]);
        yield return ("20 MB of text", Post(token, $$$"""{"identifier":"a","metadata":{"t":"{{{new string('x', 2 * TenMegabytes)}}}"}}"""), [0, 413]);
        yield return ("invalid UTF-8", Post(token, [.. "{\"identifier\":\"a"u8, 0xff, 0xfe, .. "\"}"u8]), [400]);
        yield return ("overlong UTF-8", Post(token, [.. "{\"identifier\":\"a"u8, 0xc0, 0x80, .. "\"}"u8]), [400]);
        yield return ("half a surrogate pair", Post(token, """{"identifier":"a","metadata":{"t":"\ud800"}}"""), [400, 409]);
        yield return ("a NUL in the identifier", Post(token, """{"identifier":"a\u0000b"}"""), [400, 409]);
        yield return ("a raw NUL", Post(token, [.. "{\"identifier\":\"a"u8, 0, .. "\"}"u8]), [400]);
        yield return ("a huge identifier", Post(token, $$"""{"identifier":"{{new string('i', 1_000_000)}}"}"""), [400, 409]);
        yield return ("a number where text belongs", Post(token, """{"identifier":7}"""), [409]);
        yield return ("a list where an object belongs", Post(token, """{"identifier":"a","metadata":[]}"""), [409]);
        yield return ("a date that is none", Post(token, """{"identifier":"a","creation_date":"yesterday"}"""), [409]);
        yield return ("a type that is none", Post(token, """{"identifier":"a","document_type":"dream"}"""), [409]);
        yield return ("an id that is none", Get(token, "/documents/zzz"), [404, 409]);
        yield return ("an unknown id", Get(token, "/documents/5252ce4ce4cfcd16f55cfaff"), [404]);
        yield return ("a path upwards", Get(token, "/documents/../../etc/passwd"), [404]);
        yield return ("an encoded path upwards", Get(token, "/documents/identifier/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), [404]);
        yield return ("an encoded NUL in the path", Get(token, "/documents/identifier/a%00b"), [400, 404, 409]);
        yield return ("broken percent encoding", Get(token, "/documents/identifier/%zz%"), [400, 404, 409]);
        yield return ("a malformed query", Get(token, "/documents?search=%28%22"), [409]);
        yield return ("a query of 100,000 characters", Get(token, "/documents?search=" + new string('a', 100_000)), [0, 400, 409, 414]);
        yield return ("a limit that is no number", Get(token, "/documents?limit=many"), [409]);
        yield return ("a negative start", Get(token, "/documents?start=-1"), [409]);
        yield return ("a start beyond all bounds", Get(token, "/documents?start=99999999999999999999"), [409]);
        yield return ("a token of 10,000 characters", Get(new string('t', 10_000), "/documents"), [401]);
        yield return ("no credentials", Raw(null, "", ""), [401]);
        yield return ("an unknown scheme", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Digest x\r\nConnection: close\r\n\r\n"), [401]);
        yield return ("half a Basic", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: Basic !!!\r\nConnection: close\r\n\r\n"), [401]);
        yield return ("no host", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), [400]);
        yield return ("no HTTP", [0, 1, 2, 3, 255, 13, 10, 13, 10], [0, 400]);
        yield return ("an unknown verb", Encoding.ASCII.GetBytes("BREW /documents HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), [405]);
        yield return ("a multipart without its boundary", Raw(token, "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n", "abc", "/documents/identifier/a/file"), [400, 404, 409]);
        yield return ("a multipart that ends early", Multipart(token, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\nabc"), [0, 400, 404, 409]);
        yield return ("a multipart with endless headers", Multipart(token, "--b\r\n" + string.Concat(Enumerable.Repeat("X-A: b\r\n", 20_000)) + "\r\nabc\r\n--b--\r\n"), [400, 404, 409]);
    }

    private static string Nested(int depth) =>
        $$$"""{"identifier":"a","metadata":{"n":{{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""";

    private static byte[] Get(string token, string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");

    private static byte[] Post(string token, string body, int? length = null) =>
        Post(token, Encoding.UTF8.GetBytes(body), length);

    private static byte[] Post(string token, byte[] body, int? length = null) =>
    [
        .. Encoding.ASCII.GetBytes(
            $"POST /documents HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {length ?? body.Length}\r\nConnection: close\r\n\r\n"),
        .. body,
    ];

    private static byte[] Raw(string? token, string headers, string body, string path = "/documents") => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: h\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}"
        + $"{headers}Connection: close\r\n\r\n{body}");

    private static byte[] Multipart(string token, string body) => Raw(
        token,
        $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {body.Length}\r\n",
        body,
        "/documents/identifier/a/file");

    private static async Task<(int Status, string Body)> SendAsync(Uri url, byte[] request, TimeSpan patience)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        using var answer = new MemoryStream();
        var reading = stream.CopyToAsync(answer);
        try
        {
            await WriteAsync(stream, request);
            await reading.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            // The server waits for the rest of the request, which never comes: we go, and that is all.
            return (0, "");
        }
        catch (IOException)
        {
            // The server closed with something of the request unread: what it answered before has been read, if anything.
        }

        var text = Encoding.UTF8.GetString(answer.ToArray());
        var status = text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)
            ? int.Parse(text.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (status, body < 0 ? "" : text[(body + 4)..]);
    }

    private static async Task WriteAsync(Stream stream, byte[] request)
    {
        try
        {
            await stream.WriteAsync(request);
        }
        catch (IOException)
        {
            // The server closed while we were still sending, which it may have told why.
        }
    }

    /// <summary>The documented shape; what is no HTTP at all is answered by the HTTP server, without a body.</summary>
    private static bool IsDocumented(int status, string body)
    {
        if (status == 0 || body.Length == 0)
        {
            return status is 0 or 400 or 414;
        }

        var brace = body.IndexOf('{', StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body[brace..(body.LastIndexOf('}') + 1)]);
        return Enum.TryParse<ErrorCode>(json.RootElement.GetProperty("code").GetString(), out var code)
            && ErrorCatalog.StatusOf(code) == status
            && json.RootElement.GetProperty("message").GetString() is { Length: > 0 };
    }
}
