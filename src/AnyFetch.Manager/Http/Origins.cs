using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace AnyFetch.Manager.Http;

/// <summary>The addresses that the manager gives out.</summary>
internal sealed class Origins(IOptions<ManagerOptions> options)
{
    /// <summary>The manager's own address, without a trailing slash.</summary>
    public string Own(HttpRequest request) => options.Value.BaseUrl is { Length: > 0 } configured
        ? configured.TrimEnd('/')
        : $"{request.Scheme}://{request.Host}";

    /// <summary>The API's address, without a trailing slash; empty when it is the manager's.</summary>
    public string Api => options.Value.ApiUrl.TrimEnd('/');
}
