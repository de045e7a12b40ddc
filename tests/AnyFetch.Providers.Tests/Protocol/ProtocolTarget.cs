using AnyFetch.Providers.Tests.Fakes;

namespace AnyFetch.Providers.Tests.Protocol;

/// <summary>A provider server under test, seen from outside, with the few handles that a black-box suite needs.</summary>
public abstract class ProtocolTarget : IAsyncDisposable
{
    public abstract TestHost Host { get; }

    /// <summary>Whether a consent page's address belongs to this provider.</summary>
    public abstract bool IsConsent(Uri address);

    /// <summary>The query with which the source, or its form, sends a consenting user back.</summary>
    public abstract string ConsentQuery(Uri consent);

    /// <summary>Puts this many items at the source.</summary>
    public abstract void PutItems(int count);

    public abstract ValueTask DisposeAsync();
}
