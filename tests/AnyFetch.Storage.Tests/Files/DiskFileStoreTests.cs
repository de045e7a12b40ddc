using System.Security.Cryptography;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Files;
using AnyFetch.Storage.Files;
using AnyFetch.Storage.Tests.Stores;
using AnyFetch.Testing;

namespace AnyFetch.Storage.Tests.Files;

public sealed class DiskFileStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ShiftedTimeProvider _time = new();
    private readonly DiskFileStore _files;
    private readonly CompanyId _company = StoreHost.NewCompany();

    public DiskFileStoreTests() =>
        _files = new DiskFileStore(new StorageOptions { DataDirectory = _directory.Path }, _time);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128 * 1024)]
    [InlineData(1_000_003)]
    public async Task Content_comes_back_under_its_hash(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var stored = await WriteAsync(content);
        Assert.Equal(new StoredFile(FileHash.FromDigest(SHA256.HashData(content)), length), stored);
        Assert.Equal(content, await ReadAsync(_company, stored.Hash));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task Equal_content_is_stored_once_for_each_company()
    {
        var other = StoreHost.NewCompany();
        var stored = await WriteAsync([1, 2, 3]);
        Assert.Equal(stored, await WriteAsync([1, 2, 3]));
        Assert.Null(await _files.OpenAsync(other, stored.Hash, CancellationToken.None));
        await WriteAsync([1, 2, 3], other);
        Assert.Equal(2, Stored().Length);
    }

    [Fact]
    public async Task Too_long_content_is_refused_and_leaves_nothing()
    {
        using var content = new MemoryStream(new byte[1_000_000]);
        var result = await _files.WriteAsync(_company, content, 999_999, CancellationToken.None);
        Assert.Equal(FileWriteResult.TooLarge, result);
        Assert.Empty(Unfinished());
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task Content_that_breaks_off_leaves_nothing()
    {
        using var content = new BreakingStream();
        await Assert.ThrowsAsync<EndOfStreamException>(
            () => _files.WriteAsync(_company, content, long.MaxValue, CancellationToken.None).AsTask());
        Assert.Empty(Unfinished());
        Assert.Empty(Stored());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount(_directory.File("disk"));
        var files = new DiskFileStore(new StorageOptions { DataDirectory = disk.Path }, _time);
        using var content = new MemoryStream(RandomNumberGenerator.GetBytes(4_000_000));

        var result = await files.WriteAsync(_company, content, long.MaxValue, CancellationToken.None);

        Assert.Equal(FileWriteResult.DiskFull, result);
        Assert.Empty(Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories));
        using var small = new MemoryStream([1]);
        Assert.Equal(
            FileWriteStatus.Stored,
            (await files.WriteAsync(_company, small, long.MaxValue, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Content_that_was_written_again_is_not_deleted()
    {
        var stored = await WriteAsync([1]);
        _time.Advance(TimeSpan.FromHours(1));
        var before = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(1));
        await WriteAsync([1]);
        Assert.False(await DeleteAsync(stored.Hash, before));
        Assert.Equal([1], await ReadAsync(_company, stored.Hash));
        Assert.True(await DeleteAsync(stored.Hash, _time.GetUtcNow()));
        Assert.True(await DeleteAsync(stored.Hash, _time.GetUtcNow()));
        Assert.Null(await _files.OpenAsync(_company, stored.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_being_read_stays_readable_when_it_is_deleted()
    {
        var stored = await WriteAsync([1, 2]);
        await using var open = await _files.OpenAsync(_company, stored.Hash, CancellationToken.None);
        await DeleteAsync(stored.Hash, _time.GetUtcNow().AddDays(1));
        Assert.Equal(1, open!.ReadByte());
    }

    [Fact]
    public async Task Old_content_is_listed_and_new_is_not()
    {
        var old = await WriteAsync([1]);
        _time.Advance(TimeSpan.FromHours(2));
        await WriteAsync([2]);
        var listed = await ListAsync(_time.GetUtcNow().AddHours(-1));
        Assert.Equal([(_company, old.Hash)], listed);
        Assert.Empty(await ListAsync(_time.GetUtcNow().AddDays(-1)));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public async Task A_name_that_is_no_hash_never_becomes_a_path(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await _files.OpenAsync(_company, new FileHash(name), CancellationToken.None));

    [Fact]
    public async Task Concurrent_writers_and_deleters_of_the_same_content_never_lose_a_new_one()
    {
        for (var round = 0; round < 50; round++)
        {
            var stored = await WriteAsync([9]);
            var before = _time.GetUtcNow();
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAll(
                Task.Run(() => WriteAsync([9])),
                Task.Run(() => DeleteAsync(stored.Hash, before)));
            Assert.Equal([9], await ReadAsync(_company, stored.Hash));
        }
    }

    private async Task<StoredFile> WriteAsync(byte[] content, CompanyId? company = null)
    {
        using var stream = new MemoryStream(content);
        var result = await _files.WriteAsync(company ?? _company, stream, long.MaxValue, CancellationToken.None);
        Assert.Equal(FileWriteStatus.Stored, result.Status);
        return result.File!;
    }

    private async Task<byte[]> ReadAsync(CompanyId company, FileHash file)
    {
        await using var stream = await _files.OpenAsync(company, file, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy);
        return copy.ToArray();
    }

    private async Task<bool> DeleteAsync(FileHash file, DateTimeOffset before) =>
        await _files.DeleteAsync(_company, file, before, CancellationToken.None);

    private async Task<List<(CompanyId Company, FileHash File)>> ListAsync(DateTimeOffset before) =>
        await _files.ListAsync(before, CancellationToken.None).ToListAsync();

    private string[] Unfinished() => Directory.GetFiles(_directory.File("files/tmp"));

    private string[] Stored() => [.. Directory.GetFiles(_directory.Path, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path).Length == 64)];

    /// <summary>Gives some bytes and then fails, as an upload does whose client goes away.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private bool _gave;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_gave)
            {
                throw new EndOfStreamException();
            }

            _gave = true;
            return new ValueTask<int>(buffer.Length);
        }
    }
}
