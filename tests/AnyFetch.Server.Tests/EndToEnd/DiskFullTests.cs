using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Server.Tests.Servers;
using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>A full disk refuses writes with the documented error, keeps what it has, and recovers by itself.</summary>
public sealed class DiskFullTests
{
    private const int DiskMegabytes = 40;

    [Fact]
    public async Task A_full_disk_refuses_writes_keeps_what_it_has_and_takes_more_once_there_is_room()
    {
        Assert.True(Environment.IsPrivilegedProcess, "This test mounts a small disk, which needs root.");
        using var mount = new SmallDisk(DiskMegabytes);
        await using var server = await TestServer.StartAsync(("Data", mount.Path));
        var kept = await PostAsync(server.Admin, "kept");
        var filler = mount.Fill();

        var upload = await RefusalAsync(() => server.Admin.Documents.UploadFileAsync(
            DocumentRef.ById(kept), FileOf(new byte[4_000_000]), default));
        var post = await FillStoreAsync(server.Admin);

        Assert.Equal(HttpStatusCode.InsufficientStorage, upload);
        Assert.Equal(HttpStatusCode.InsufficientStorage, post);
        Assert.Equal("kept", (await server.Admin.Documents.GetRawAsync(DocumentRef.ById(kept), default)).Identifier);

        File.Delete(filler);
        await Eventually.TrueAsync(
            async () => await RefusalAsync(() => PostAsync(server.Admin, "after")) is null, TimeSpan.FromSeconds(60), "writes work again");
        await server.Admin.Documents.UploadFileAsync(DocumentRef.ById(kept), FileOf([1, 2, 3]), default);
    }

    /// <summary>Posts until the store has no room; a few pages may still have been free.</summary>
    private static async Task<HttpStatusCode?> FillStoreAsync(AnyFetchClient client)
    {
        for (var n = 0; n < 2_000; n++)
        {
            if (await RefusalAsync(() => PostAsync(client, $"fill-{n}", new string('x', 20_000))) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private static async Task<HttpStatusCode?> RefusalAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (AnyFetchException e)
        {
            return e.Status;
        }
    }

    private static async Task<string> PostAsync(AnyFetchClient client, string identifier, string text = "") =>
        (await client.Documents.PostAsync(
            new DocumentDraft { Identifier = identifier, Metadata = new JsonObject { ["title"] = identifier, ["text"] = text } },
            default)).Id;

    private static DocumentFile FileOf(byte[] content) => new()
    {
        Name = "f.bin",
        Length = content.Length,
        Open = _ => ValueTask.FromResult<Stream>(new MemoryStream(content)),
    };

    private sealed class SmallDisk : IDisposable
    {
        private readonly TempDirectory _directory = new();

        public SmallDisk(int megabytes)
        {
            Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", _directory.Path);
            Path = _directory.File("data");
            Directory.CreateDirectory(Path);
        }

        public string Path { get; }

        /// <summary>Takes all the room that is left, and says by which file.</summary>
        public string Fill()
        {
            var filler = _directory.File("filler");
            using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
            var block = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                return filler;
            }
        }

        public void Dispose()
        {
            Run("umount", "-l", _directory.Path);
            _directory.Dispose();
        }

        private static void Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }
}
