using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AnyFetch.Bench.Runs;

/// <summary>Posts documents over many connections.</summary>
internal static class Ingest
{
    /// <summary>Bodies are made beforehand and used in turn, so that making them is not measured.</summary>
    private const int Prepared = 2_000;

    /// <summary>Posts until the count is reached or the time is over; returns how many were acknowledged.</summary>
    public static async Task<int> PostAsync(
        ServerProcess server,
        int connections,
        int documents,
        TimeSpan time,
        Latencies latencies,
        CancellationToken cancellationToken,
        Func<SampleText, int, string>? body = null)
    {
        var requests = Prepare(server, body ?? ((text, _) => text.Document(NumberedIdentifier)));
        var next = 0;
        var done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                using var connection = new RawConnection();
                await connection.ConnectAsync(server.Port, cancellationToken);
                var buffer = new byte[8 * 1024];
                var ticks = new List<long>(10_000);
                var count = 0;
                while (clock.Elapsed < time && Interlocked.Increment(ref next) is var n && n <= documents)
                {
                    var request = Number(requests[n % Prepared], n, buffer);
                    var began = Stopwatch.GetTimestamp();
                    var status = await connection.SendAsync(request, cancellationToken);
                    ticks.Add(Stopwatch.GetTimestamp() - began);
                    count += status == 200 ? 1 : throw new InvalidOperationException($"POST /documents answered {status}.");
                }

                latencies.AddRange(ticks);
                Interlocked.Add(ref done, count);
            },
            cancellationToken)));
        return done;
    }

    /// <summary>The identifier that a body must hold, for the document's number to be written into.</summary>
    public const string NumberedIdentifier = "bench-00000000";

    public static byte[] Request(ServerProcess server, string method, string path, string? body, string? token = "")
    {
        var length = body is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        var authorization = token is null ? "" : $"Authorization: Bearer {(token.Length > 0 ? token : server.Token)}\r\n";
        return Encoding.UTF8.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n{authorization}{length}\r\n{body}");
    }

    /// <summary>The way of a document alone: without hydraters.</summary>
    public static async Task RemoveHydratersAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using var body = new StringContent("""{"hydraters":[]}""", Encoding.UTF8, "application/json");
        using var answer = await server.Http.PatchAsync(new Uri("company", UriKind.Relative), body, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static List<byte[]> Prepare(ServerProcess server, Func<SampleText, int, string> body)
    {
        var text = new SampleText(1);
        return [.. Enumerable.Range(0, Prepared).Select(n => Request(server, "POST", "/documents", body(text, n)))];
    }

    /// <summary>Writes the document's number wherever its identifier stands.</summary>
    private static ReadOnlyMemory<byte> Number(byte[] request, int number, byte[] buffer)
    {
        request.CopyTo(buffer, 0);
        var rest = buffer.AsSpan(0, request.Length);
        for (var at = rest.IndexOf("bench-00000000"u8); at >= 0; at = rest.IndexOf("bench-00000000"u8))
        {
            rest = rest[(at + "bench-".Length)..];
            number.TryFormat(rest, out _, "D8", CultureInfo.InvariantCulture);
        }

        return buffer.AsMemory(0, request.Length);
    }
}
