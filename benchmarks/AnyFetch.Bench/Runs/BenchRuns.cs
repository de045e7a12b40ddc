namespace AnyFetch.Bench.Runs;

/// <summary>Everything that can be measured.</summary>
internal static class BenchRuns
{
    public static IReadOnlyDictionary<string, Func<BenchOptions, CancellationToken, Task<BenchTable>>> All { get; } =
        new Dictionary<string, Func<BenchOptions, CancellationToken, Task<BenchTable>>>
        {
            ["ingest"] = IngestRun.RunAsync,
            ["search"] = SearchRun.RunAsync,
            ["directory"] = DirectoryRun.RunAsync,
            ["provider"] = ProviderRun.RunAsync,
            ["listing"] = ListingRun.RunAsync,
            ["changes"] = ChangesRun.RunAsync,
            ["upload"] = UploadRun.RunAsync,
            ["mails"] = MailsRun.RunAsync,
            ["formats"] = FormatsRun.RunAsync,
            ["poison"] = PoisonRun.RunAsync,
            ["idle"] = IdleRun.RunAsync,
            ["documents"] = DocumentsRun.RunAsync,
            ["projections"] = ProjectionsRun.RunAsync,
            ["bearer"] = BearerRun.RunAsync,
            ["companies"] = CompaniesRun.RunAsync,
        };
}
