using System.Diagnostics;
using System.Net;

namespace AnyFetch.Bench.Runs;

/// <summary>One large file, and what it costs in memory.</summary>
internal static class UploadRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var megabytes = options.Get("megabytes", 2_048);
        await using var server = await ServerProcess.StartAsync(["serve"], options, cancellationToken);
        using var post = new StringContent(
            """{"identifier":"large","metadata":{"title":"Large","path":"/large.bin"}}""", null, "application/json");
        using var posted = await server.Http.PostAsync(new Uri("documents", UriKind.Relative), post, cancellationToken);
        posted.EnsureSuccessStatusCode();

        // A small upload first: code that is loaded once is not what grows.
        await UploadAsync(server, 1, cancellationToken);
        server.ResetPeak();
        var before = server.ResidentMegabytes();
        var cpu = server.CpuSeconds();
        var clock = Stopwatch.StartNew();
        await UploadAsync(server, megabytes, cancellationToken);
        var elapsed = clock.Elapsed.TotalSeconds;
        return new BenchTable($"One file of {megabytes:#,0} MB uploaded")
            .Add("memory before", before, "MB")
            .Add("peak grows by", server.PeakMegabytes() - before, "MB", "goal: under 60")
            .Add("throughput", megabytes / elapsed, "MB/s")
            .Add("took", elapsed, "s")
            .Add("server CPU", (server.CpuSeconds() - cpu) / elapsed * 100, "%");
    }

    private static async Task UploadAsync(ServerProcess server, int megabytes, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent { { new Megabytes(megabytes), "file", "large.bin" } };
        using var response = await server.Http.PostAsync(
            new Uri("documents/identifier/large/file", UriKind.Relative), form, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"The upload answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }

    /// <summary>Random bytes, the same megabyte again and again with a number in front.</summary>
    private sealed class Megabytes(int count) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[1 << 20];
            new Random(5).NextBytes(chunk);
            for (var n = 0; n < count; n++)
            {
                BitConverter.TryWriteBytes(chunk, n);
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)count << 20;
            return true;
        }
    }
}
