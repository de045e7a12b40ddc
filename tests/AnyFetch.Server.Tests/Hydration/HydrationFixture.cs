using System.Text.Json.Nodes;
using AnyFetch.Client;
using AnyFetch.Core.Hydraters;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Search;
using AnyFetch.Hydrater;
using AnyFetch.Hydrater.Children;
using AnyFetch.Hydrater.Filters;
using AnyFetch.Hydrater.Hosting;
using AnyFetch.Hydration.Workers;
using AnyFetch.Server.Http;
using AnyFetch.Server.Hydraters;
using AnyFetch.Server.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Hydration;

/// <summary>
/// One server for the tests of hydration over HTTP, with a hydrater of its own inside: it makes a child of each name in
/// <c>metadata.parts</c>.
/// </summary>
public sealed class HydrationFixture : IAsyncLifetime
{
    /// <summary>The inside hydrater's registration; its URL is never called.</summary>
    internal static Core.Hydraters.Hydrater Splitter { get; } = new()
    {
        Id = new HydraterId(ObjectId.Parse("5252ce4ce4cfcd16f55cff01")),
        Url = "http://127.0.0.1:1/hydraters/splitter/hydrate",
        ShortName = "splitter",
        Description = "Makes children.",
        Filters = """[{"metadata": {"parts": {"$notEmpty": true}}}]""",
    };

    public TestServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await TestServer.StartAsync(
            services => services.AddSingleton<IInProcessHydrater>(provider => new InProcessHydraterAdapter(
                new InProcessHydrater(new SplittingHydrater()),
                needsFile: false,
                Splitter.Url,
                provider.GetRequiredService<ListenAddresses>().LocalUrl,
                provider.GetRequiredService<ISearchIndex>(),
                static _ => null,
                provider.GetRequiredService<HydrationMeter>())),
            ("Hydration:CallTimeoutSeconds", "60"));
        await Server.Get<IHydraterStore>().PutAsync(Splitter, default);
        Server.Get<HydraterCatalog>().Invalidate();
    }

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    private sealed class SplittingHydrater : IHydrater
    {
        public HydraterDescriptor Descriptor { get; } = new()
        {
            ShortName = "splitter",
            Description = "Makes children.",
            Filters = [HydraterFilter.All],
            NeedsFile = false,
        };

        public async Task<HydrationResult> HydrateAsync(HydrationContext context, CancellationToken cancellationToken)
        {
            foreach (var part in context.Document.Metadata.GetProperty("parts").EnumerateArray())
            {
                var child = new ChildDraft
                {
                    Name = part.GetString()!,
                    DocumentType = "document",
                    Metadata = new JsonObject { ["text"] = "part of " + part.GetString() },
                };
                await context.Children.AddAsync(child, cancellationToken);
            }

            await context.Children.CompleteAsync(cancellationToken);
            return HydrationResult.Changed(context.Changes);
        }
    }
}
