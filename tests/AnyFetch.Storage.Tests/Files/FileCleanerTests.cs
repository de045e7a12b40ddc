using AnyFetch.Core.Files;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;
using Microsoft.Extensions.Hosting;

namespace AnyFetch.Storage.Tests.Files;

public sealed class FileCleanerTests() : StoreSuite(StoreHost.Sqlite())
{
    private IFileStore Files => Host.Get<IFileStore>();

    [Fact]
    public async Task A_file_goes_some_time_after_its_last_document_let_it_go()
    {
        var file = await WriteAsync([1, 2, 3]);
        var one = await Host.PutAsync(NewDocument("1") with { File = file });
        var two = await Host.PutAsync(NewDocument("2") with { File = file });
        await RunCleanerAsync(async () =>
        {
            await Host.DeleteAsync(one);
            Host.Time.Advance(TimeSpan.FromHours(1));
            await NoJobIsLeftAsync();
            Assert.True(await ExistsAsync(file));
            await Host.PutAsync(two with { File = null });
            Assert.True(await ExistsAsync(file));
            Host.Time.Advance(TimeSpan.FromHours(1));
            await Eventually.TrueAsync(async () => !await ExistsAsync(file));
        });
    }

    [Fact]
    public async Task A_file_that_was_uploaded_again_meanwhile_stays()
    {
        var file = await WriteAsync([1, 2, 3]);
        var document = await Host.PutAsync(NewDocument("1") with { File = file });
        await Host.DeleteAsync(document);
        Host.Time.Advance(TimeSpan.FromHours(1));
        await WriteAsync([1, 2, 3]);
        await RunCleanerAsync(NoJobIsLeftAsync);
        Assert.True(await ExistsAsync(file));
    }

    [Fact]
    public async Task An_upload_that_never_reached_a_document_goes_at_last()
    {
        var orphan = await WriteAsync([7]);
        var held = await WriteAsync([8]);
        await Host.PutAsync(NewDocument("1") with { File = held });
        Host.Time.Advance(TimeSpan.FromHours(3));
        var fresh = await WriteAsync([9]);
        await RunCleanerAsync(() => Eventually.TrueAsync(async () => !await ExistsAsync(orphan)));
        Assert.True(await ExistsAsync(held));
        Assert.True(await ExistsAsync(fresh));
    }

    private async Task NoJobIsLeftAsync()
    {
        var queue = Host.Get<AnyFetch.Core.Queue.IWorkQueue>();
        await Eventually.TrueAsync(async () => (await queue.CountAsync(None)).Count == 0);
    }

    private async Task RunCleanerAsync(Func<Task> work)
    {
        var cleaner = Host.Get<IHostedService>();
        await cleaner.StartAsync(None);
        await work();
        await cleaner.StopAsync(None);
    }

    private async Task<StoredFile> WriteAsync(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return (await Files.WriteAsync(Company, stream, 100, None)).File!;
    }

    private async Task<bool> ExistsAsync(StoredFile file)
    {
        await using var stream = await Files.OpenAsync(Company, file.Hash, None);
        return stream is not null;
    }
}
