using AnyFetch.Testing;

namespace AnyFetch.Server.Tests.EndToEnd;

/// <summary>
/// A directory that changes all the time: files are made, changed, renamed and deleted, folders are moved and deleted. Each
/// file's content has one word that no other content ever had.
/// </summary>
internal sealed class ChangingDirectory : IDisposable
{
    private const int FolderFiles = 20;
    private const int RetiredMax = 500;
    private const string Digits = "bcdfghjkmn";

    private readonly TempDirectory _root = new();
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Queue<string> _retired = new();
    private readonly Random _random;
    private readonly int _size;
    private int _words;
    private int _names;

    /// <summary>Fills a directory.</summary>
    public ChangingDirectory(int size, int seed)
    {
        (_size, _random) = (size, new Random(seed));
        while (_files.Count < size)
        {
            AddFolder();
        }
    }

    public string Path => _root.Path;

    /// <summary>Changes that were made.</summary>
    public int Changes { get; private set; }

    /// <summary>The word of each file, by its path below the root.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    /// <summary>The last words that no file has any more.</summary>
    public IReadOnlyCollection<string> Retired => _retired;

    /// <summary>Changes things until it is stopped.</summary>
    public async Task ChangeAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ChangeOnce();
            Changes++;
            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _root.Dispose();

    private void ChangeOnce()
    {
        switch (_random.Next(20))
        {
            case < 7:
                Write(AnyFile());
                break;
            case < 11:
                Write($"{FolderOf(AnyFile())}/{NewName()}");
                break;
            case < 14:
                Remove(AnyFile());
                break;
            case < 17:
                var renamed = AnyFile();
                Move(renamed, $"{FolderOf(AnyFile())}/{NewName()}");
                break;
            case < 19:
                MoveFolder(FolderOf(AnyFile()));
                break;
            case 19 when _files.Count < _size:
                AddFolder();
                break;
            default:
                RemoveFolder(FolderOf(AnyFile()));
                break;
        }
    }

    private void Write(string path)
    {
        if (_files.TryGetValue(path, out var old))
        {
            Retire(old);
        }

        _files[path] = NewWord();
        File.WriteAllText(_root.Path + path, $"The word of this file is {_files[path]}.\n");
    }

    private void Remove(string path)
    {
        File.Delete(_root.Path + path);
        _files.Remove(path, out var word);
        Retire(word!);
    }

    private void Move(string from, string to)
    {
        File.Move(_root.Path + from, _root.Path + to);
        _files.Remove(from, out var word);
        _files[to] = word!;
    }

    private void MoveFolder(string folder)
    {
        var to = "/" + NewName() + "-folder";
        Directory.Move(_root.Path + folder, _root.Path + to);
        foreach (var path in Below(folder))
        {
            _files.Remove(path, out var word);
            _files[to + path[folder.Length..]] = word!;
        }
    }

    private void RemoveFolder(string folder)
    {
        Directory.Delete(_root.Path + folder, recursive: true);
        foreach (var path in Below(folder))
        {
            _files.Remove(path, out var word);
            Retire(word!);
        }
    }

    private void AddFolder()
    {
        var folder = "/" + NewName() + "-folder";
        Directory.CreateDirectory(_root.Path + folder);
        for (var i = 0; i < FolderFiles; i++)
        {
            Write($"{folder}/{NewName()}");
        }
    }

    private void Retire(string word)
    {
        _retired.Enqueue(word);
        if (_retired.Count > RetiredMax)
        {
            _retired.Dequeue();
        }
    }

    private List<string> Below(string folder) =>
        [.. _files.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))];

    private string AnyFile() => _files.Keys.ElementAt(_random.Next(_files.Count));

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    private string NewName() => $"{++_names}.txt";

    // Letters alone, and none that a stemmer or a tokenizer would touch.
    private string NewWord() => string.Concat(
        (++_words).ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => Digits[digit - '0'])) + "xq";
}
