using System.Reflection;
using AnyFetch.Core.AccessTokens;
using AnyFetch.Core.Clients;
using Microsoft.Extensions.DependencyInjection;

namespace AnyFetch.Server.Tests.Manager;

/// <summary>The server's store of tokens, which keeps an application's new ones waiting until the test says so.</summary>
public class HeldTokenStore : DispatchProxy
{
    private readonly TaskCompletionSource _arrives = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IAccessTokenStore _store = null!;

    /// <summary>The application; null while no token is kept waiting.</summary>
    public ClientId? Held { get; set; }

    /// <summary>Done when a token waits.</summary>
    public Task Arrives => _arrives.Task;

    public void GoOn() => _goesOn.SetResult();

    /// <summary>Puts it around the store that the server has.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var store = services.Last(service => service.ServiceType == typeof(IAccessTokenStore)).ImplementationType!;
        services.AddSingleton(provider =>
        {
            var proxy = Create<IAccessTokenStore, HeldTokenStore>();
            ((HeldTokenStore)(object)proxy)._store = (IAccessTokenStore)ActivatorUtilities.CreateInstance(provider, store);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IAccessTokenStore.AddAsync)
        && args is [AccessToken { Client: { } client } token, ReadOnlyMemory<byte> hash, ..]
        && client == Held
            ? new ValueTask(AddLaterAsync(token, hash))
            : targetMethod.Invoke(_store, args);

    private async Task AddLaterAsync(AccessToken token, ReadOnlyMemory<byte> secretHash)
    {
        _arrives.SetResult();
        await _goesOn.Task;
        await _store.AddAsync(token, secretHash, CancellationToken.None);
    }
}
