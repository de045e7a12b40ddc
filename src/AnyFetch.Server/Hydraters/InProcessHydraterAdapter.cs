using System.Diagnostics;
using System.Text.Json;
using AnyFetch.Client;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Search;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydration.Workers;
using Document = AnyFetch.Core.Documents.Document;

namespace AnyFetch.Server.Hydraters;

/// <summary>
/// Lets the hydration engine run a hydrater of the library in this process, with the meaning that HTTP would give it.
/// </summary>
internal sealed class InProcessHydraterAdapter(
    InProcessHydrater hydrater,
    bool needsFile,
    string url,
    Uri coreUrl,
    ISearchIndex? index,
    Func<CompanySettings, string?> filtersFor,
    HydrationMeter meter) : IInProcessHydrater
{
    public bool AnswersAtOnce => hydrater.AnswersAtOnce;

    public string Url => url;

    public string ShortName => hydrater.Descriptor.ShortName;

    public int Concurrency => hydrater.Descriptor.Concurrency;

    public bool IsBackground => hydrater.Descriptor.IsBackground;

    public string? Unavailable => hydrater.Descriptor.Unavailable();

    public TimeSpan Timeout => hydrater.AttemptTimeMax;

    public string? FiltersFor(CompanyHydration company) => filtersFor(new CompanySettings
    {
        OcrLanguages = company.Languages,
        JunkNames = company.JunkNames,
        JunkFolders = company.JunkFolders,
    });

    public async ValueTask<HydraterOutcome?> TryAnswerAsync(
        Document document, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        using var parsed = JsonDocument.Parse(json);
        var began = Stopwatch.GetTimestamp();
        var context = new ImmediateContext(
            new HydrationDocument(parsed.RootElement),
            // A node without an index cannot rule anything out; a task asks those that have one.
            (key, value, stop) => index?.MayHoldAsync(document.Company, key, value, stop) ?? ValueTask.FromResult(true));
        if (await hydrater.TryAnswerAsync(context, cancellationToken).ConfigureAwait(false) is not { } outcome)
        {
            return null;
        }

        meter.Record(ShortName, document.Id, outcome, Stopwatch.GetElapsedTime(began));
        return ToOutcome(outcome);
    }

    public async Task<HydraterOutcome> RunAsync(Hydration.Workers.HydrationTask task, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(task.DocumentJson);
        var file = needsFile && task.Document.File is not null
            ? await task.OpenFileAsync(cancellationToken).ConfigureAwait(false)
            : null;
        if (file is null && needsFile && task.Document.File is not null)
        {
            return HydraterOutcome.Skipped;
        }

        await using (file)
        {
            var began = Stopwatch.GetTimestamp();
            var outcome = await hydrater.RunAsync(ToTask(task, json, file), cancellationToken).ConfigureAwait(false);
            meter.Record(ShortName, task.Document.Id, outcome, Stopwatch.GetElapsedTime(began));
            return ToOutcome(outcome);
        }
    }

    /// <summary>A file that lies on this machine's disk is read where it is; any other is copied by the library.</summary>
    private Hydrater.Hosting.HydrationTask ToTask(
        Hydration.Workers.HydrationTask task,
        JsonDocument json,
        Stream? file)
    {
        var path = (file as FileStream)?.Name;
        return new Hydrater.Hosting.HydrationTask
        {
            Document = new HydrationDocument(json.RootElement),
            FilePath = path,
            OpenFile = file is null || path is not null ? null : _ => Task.FromResult<Stream?>(file),
            Core = () => CoreOf(task),
            DeleteDocument = stop => task.DeleteDocumentAsync(stop).AsTask(),
        };
    }

    /// <summary>The same HTTP contract that a hydrater elsewhere has, over this machine's own address.</summary>
    private AnyFetchClient? CoreOf(Hydration.Workers.HydrationTask task) =>
        task.AccessToken() is { Length: > 0 } token ? new AnyFetchClient(coreUrl, AnyFetchCredentials.Bearer(token)) : null;

    private static HydraterOutcome ToOutcome(HydrationOutcome outcome) => outcome.Kind switch
    {
        HydrationResultKind.Changed => HydraterOutcome.Changed(outcome.Payload!.Value),
        HydrationResultKind.Nothing => HydraterOutcome.Nothing,
        HydrationResultKind.Skipped => HydraterOutcome.Skipped,
        HydrationResultKind.Deleted => HydraterOutcome.Deleted,
        HydrationResultKind.Delegated => HydraterOutcome.Delegated,
        _ => HydraterOutcome.Failed(outcome.Error ?? "The hydrater failed without a message.", !outcome.IsTransient),
    };
}
