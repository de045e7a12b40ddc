namespace AnyFetch.Provider.Hosting;

/// <summary>A provider that was added to a host.</summary>
internal sealed record ProviderRegistration(
    string Name,
    Func<IServiceProvider, IProvider> Provider,
    Func<IServiceProvider, AnyFetchProviderOptions> Options);
