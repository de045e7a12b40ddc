namespace AnyFetch.Bench;

/// <summary>A directory of a run's own, deleted with everything in it.</summary>
internal sealed class BenchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("anyfetch-bench-files-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
