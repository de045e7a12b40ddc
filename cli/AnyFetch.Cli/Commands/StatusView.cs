using AnyFetch.Client;
using AnyFetch.Server.Operator;

namespace AnyFetch.Cli.Commands;

/// <summary>What <c>status</c> shows.</summary>
internal sealed record StatusView(
    string Server,
    string Email,
    long Documents,
    IReadOnlyDictionary<string, long> Types,
    IReadOnlyList<SourceView> Sources,
    OperatorStatus? ServerStatus);

/// <summary>One connected source.</summary>
internal sealed record SourceView(
    string Id,
    string Name,
    string Account,
    long Documents,
    bool IsProviding,
    bool NeedsReconnect)
{
    public static SourceView Of(ConnectedProvider provider) => new(
        provider.Id,
        provider.Client?.Name ?? (provider.IsBasicToken ? "sent by hand" : "token"),
        provider.AccountName,
        provider.DocumentCount ?? 0,
        provider.Providing ?? false,
        provider.RequireRefresh ?? false);
}
