using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Files;
using AnyFetch.Core.Users;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Hydration.Tests.Engine;

/// <summary>The store, failing now and then before a change or after it, when it is made but nobody is told.</summary>
internal sealed class FailingDocumentStore(IDocumentStore inner, Func<bool> fails) : IDocumentStore
{
    private static readonly AsyncLocal<bool> s_isOutside = new();

    /// <summary>Runs something of the test's own, for which the store does not fail.</summary>
    internal static async Task<T> OutsideAsync<T>(Func<Task<T>> act)
    {
        s_isOutside.Value = true;
        try
        {
            return await act();
        }
        finally
        {
            s_isOutside.Value = false;
        }
    }

    public async ValueTask<T> ChangeAsync<T>(
        DocumentKey key,
        Func<Document?, DocumentDecision<T>> decide,
        CancellationToken cancellationToken)
    {
        Check();
        var result = await inner.ChangeAsync(key, decide, cancellationToken);
        Check();
        return result;
    }

    public ValueTask<Document?> FindAsync(DocumentKey key, CancellationToken cancellationToken)
    {
        Check();
        return inner.FindAsync(key, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Document>> FindManyAsync(
        CompanyId company,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken) => inner.FindManyAsync(company, ids, cancellationToken);

    public ValueTask<IReadOnlySet<DocumentId>> FindVisibleAsync(
        CompanyId company,
        UserId viewer,
        IReadOnlyCollection<DocumentId> ids,
        CancellationToken cancellationToken) => inner.FindVisibleAsync(company, viewer, ids, cancellationToken);

    public ValueTask<IReadOnlyDictionary<Identifier, DocumentId>> ResolveAsync(
        CompanyId company,
        AccessTokenId provider,
        IReadOnlyCollection<Identifier> identifiers,
        CancellationToken cancellationToken) => inner.ResolveAsync(company, provider, identifiers, cancellationToken);

    public ValueTask<bool> IsFileHeldAsync(CompanyId company, FileHash file, CancellationToken cancellationToken) =>
        inner.IsFileHeldAsync(company, file, cancellationToken);

    private void Check()
    {
        if (!s_isOutside.Value && fails())
        {
            throw new IOException("The store failed as the test told it to.");
        }
    }
}

/// <summary>Puts another implementation in front of a registered one.</summary>
internal static class Decoration
{
    internal static IServiceCollection Decorate<T>(this IServiceCollection services, Func<T, T> decorate)
        where T : class
    {
        var registered = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(registered);
        return services.AddSingleton(provider =>
            decorate((T)(registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }
}
