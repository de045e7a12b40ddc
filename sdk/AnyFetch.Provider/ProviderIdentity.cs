namespace AnyFetch.Provider;

/// <summary>Who a provider is and where everything stands.</summary>
/// <param name="AppId">The application's id at the manager.</param>
/// <param name="AppSecret">The application's secret.</param>
/// <param name="ProviderUrl">The provider's public address, path prefix included.</param>
/// <param name="ManagerUrl">The manager's address.</param>
/// <param name="ApiUrl">The Fetch API's address.</param>
public sealed record ProviderIdentity(
    string AppId, string AppSecret, string ProviderUrl, string ManagerUrl, string ApiUrl)
{
    /// <summary>Names only the provider's address, so that a log line cannot give the secret away.</summary>
    public override string ToString() => ProviderUrl;

    /// <summary>Says what is missing or wrong, one sentence each; empty when all is well.</summary>
    internal IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Require(faults, nameof(AppId), AppId);
        Require(faults, nameof(AppSecret), AppSecret);
        RequireUrl(faults, nameof(ProviderUrl), ProviderUrl);
        RequireUrl(faults, nameof(ManagerUrl), ManagerUrl);
        RequireUrl(faults, nameof(ApiUrl), ApiUrl);
        return faults;
    }

    private static void Require(List<string> faults, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add($"{name} is missing: it is mandatory.");
        }
    }

    private static void RequireUrl(List<string> faults, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            faults.Add($"{name} is missing: it is mandatory.");
        }
        else if (!WebAddress.IsHttp(value))
        {
            faults.Add($"{name} must be an absolute http or https address.");
        }
    }
}
