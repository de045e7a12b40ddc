using System.Text;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.DocumentTypes;
using AnyFetch.Core.Files;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Hydration;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;
using AnyFetch.Hydration.Workers;
using AnyFetch.Storage;
using AnyFetch.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>Store and hydration over one data directory, with the task routes on a real port.</summary>
internal sealed class HydrationHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HydrationHost(WebApplication app) => _app = app;

    /// <summary>For hosts that are killed, so that the next one soon has what they held. Slow machines lose such leases at work.</summary>
    internal static void ShortLeases(HydrationOptions options) => (options.FollowerLeaseSeconds, options.LeaseSeconds) = (3, 3);

    internal ShiftedTimeProvider Time { get; private init; } = new();

    internal static async Task<HydrationHost> StartAsync(
        string directory,
        IEnumerable<IInProcessHydrater>? inProcess = null,
        Action<HydrationOptions>? configure = null,
        Action<IServiceCollection>? replace = null)
    {
        var time = new ShiftedTimeProvider();
        var address = FreePort.TakeAddress();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<DocumentTypeCatalog>()
            .AddSingleton<HydraterCatalog>()
            .AddSingleton<IHtmlSanitizer, ScriptRemover>()
            .AddAnyFetchStorage(new StorageOptions { DataDirectory = directory, PollSeconds = 1 })
            .AddAnyFetchHydration(o =>
            {
                o.BaseUrl = address;
                o.CallTimeoutSeconds = 60;
                configure?.Invoke(o);
            })
            .AddAnyFetchHydrationWorkers();
        foreach (var hydrater in inProcess ?? [])
        {
            builder.Services.AddSingleton(hydrater);
        }

        replace?.Invoke(builder.Services);
        var app = builder.Build();
        MapTasks(app);
        await PutTypesAsync(app.Services);
        await app.StartAsync();
        return new HydrationHost(app) { Time = time };
    }

    internal T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Registers hydraters and a company that runs them all.</summary>
    internal async Task<CompanyId> CompanyAsync(params Hydrater[] hydraters)
    {
        foreach (var hydrater in hydraters)
        {
            await Get<IHydraterStore>().PutAsync(hydrater, CancellationToken.None);
        }

        Get<HydraterCatalog>().Invalidate();
        var id = new CompanyId(NewId());
        await Get<ICompanyStore>().AddAsync(
            new Company { Id = id, Name = id.ToString(), Hydraters = [.. hydraters.Select(h => h.Url)] },
            CancellationToken.None);
        return id;
    }

    internal async Task<Document> PutAsync(
        CompanyId company,
        string identifier,
        string metadata = "{}",
        string? file = null,
        DocumentSource source = default)
    {
        var stored = file is null ? null : await WriteAsync(company, file);
        var document = New(company, identifier, metadata, stored, source);
        return await ChangeAsync(document, _ => document);
    }

    /// <summary>A document that is not stored.</summary>
    internal Document New(
        CompanyId company, string identifier, string metadata, StoredFile? file = null, DocumentSource source = default) =>
        DocumentMerge.Create(
            new DocumentId(NewId()),
            company,
            new AccessTokenId(new ObjectId(1, 1)),
            Identifier.Parse(identifier),
            new DocumentChange { Metadata = JsonFields.FromText(metadata), File = file, Source = source },
            Time.GetUtcNow());

    internal async Task<StoredFile> WriteAsync(CompanyId company, string content)
    {
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return (await Get<IFileStore>().WriteAsync(company, bytes, 1_000_000, CancellationToken.None)).File!;
    }

    internal async Task<Document> ChangeAsync(Document document, Func<Document, Document> change) =>
        await Get<IDocumentStore>().ChangeAsync(
            DocumentKey.ById(document.Company, document.Id),
            stored =>
            {
                var next = change(stored ?? document);
                return DocumentDecision.Put(next, next);
            },
            CancellationToken.None);

    internal async Task DeleteAsync(Document document) => await Get<IDocumentStore>().ChangeAsync(
        DocumentKey.ById(document.Company, document.Id), _ => DocumentDecision.Delete(true), CancellationToken.None);

    internal async Task<Document?> FindAsync(Document document) => await Get<IDocumentStore>().FindAsync(
        DocumentKey.ById(document.Company, document.Id), CancellationToken.None);

    internal async Task<Document> UntilAsync(Document document, Func<Document, bool> condition)
    {
        Document? found = null;
        await Eventually.TrueAsync(async () => (found = await FindAsync(document)) is not null && condition(found));
        return found!;
    }

    internal Task<Document> UntilHydratedAsync(Document document, params string[] names) => UntilAsync(
        document,
        d => !d.Hydration.IsHydrating && d.Hydration.HydratedBy.Order().SequenceEqual(names.Select(Sample.Url).Order()));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ends without giving anything back, as a killed process does.</summary>
    internal async Task KillAsync()
    {
        using var noTime = new CancellationTokenSource();
        await noTime.CancelAsync();
        try
        {
            await _app.StopAsync(noTime.Token);
        }
        catch (OperationCanceledException)
        {
            // It was not to take its time.
        }

        await _app.DisposeAsync();
    }

    internal static ObjectId NewId() => ObjectId.New(TimeProvider.System.GetUtcNow());

    private static async Task PutTypesAsync(IServiceProvider services)
    {
        foreach (var type in Sample.Types.All)
        {
            await services.GetRequiredService<IDocumentTypeStore>().PutBuiltInAsync(type, CancellationToken.None);
        }
    }

    /// <summary>As the API maps them.</summary>
    private static void MapTasks(WebApplication app)
    {
        app.MapMethods("/hydration/tasks/{task}", ["PATCH"], async (string task, HttpContext http, IHydration hydration) =>
        {
            using var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
            var types = await app.Services.GetRequiredService<DocumentTypeCatalog>().GetAsync(http.RequestAborted);
            var read = DocumentChangeReader.Read(bytes.ToArray(), DocumentBodyForm.Callback, types);
            return await hydration.AnswerAsync(task, read, http.RequestAborted) switch
            {
                { Result: HydrationAnswerResult.Gone } => Results.StatusCode(410),
                { Error: not null } => Results.StatusCode(409),
                _ => Results.NoContent(),
            };
        });
        app.MapGet("/hydration/tasks/{task}/file", async (string task, HttpContext http, IHydration hydration, IFileStore files) =>
            await hydration.FindTaskAsync(task, http.RequestAborted) is { } document
                ? Results.Stream((await files.OpenAsync(document.Company, document.File!.Hash, http.RequestAborted))!)
                : Results.StatusCode(410));
    }

    private sealed class ScriptRemover : IHtmlSanitizer
    {
        public string Sanitize(string html) => html.Replace("<script>", "", StringComparison.Ordinal);

        public bool IsSanitized(ReadOnlySpan<char> html) => !html.Contains("<script>", StringComparison.Ordinal);
    }
}
