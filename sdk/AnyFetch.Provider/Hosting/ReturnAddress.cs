namespace AnyFetch.Provider.Hosting;

/// <summary>Where the browser ends up: <c>return_to</c> when its origin is known, else the manager.</summary>
internal static class ReturnAddress
{
    public static string? Accept(ProviderRuntime runtime, string? returnTo) =>
        returnTo is not null && WebAddress.IsHttp(returnTo) && IsKnown(runtime, returnTo) ? returnTo : null;

    public static string Result(string address, string state, string? message) =>
        WebAddress.WithParameters(address, ("state", state), ("message", message));

    public static string Root(ProviderRuntime runtime) => runtime.Identity.ManagerUrl;

    public static string Landing(ProviderRuntime runtime) =>
        WebAddress.Join(runtime.Identity.ManagerUrl, "connect");

    private static bool IsKnown(ProviderRuntime runtime, string address) =>
        WebAddress.SameOrigin(address, runtime.Identity.ManagerUrl)
        || runtime.Options.ReturnOriginsAllowed.Any(origin => WebAddress.SameOrigin(address, origin));
}
