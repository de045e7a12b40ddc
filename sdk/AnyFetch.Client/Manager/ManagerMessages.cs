namespace AnyFetch.Client;

internal sealed record AccountNameRequest
{
    public required string AccessToken { get; init; }

    public required string AccountName { get; init; }
}

internal sealed record ExchangeReply
{
    public string TokenType { get; init; } = "";

    public string AccessToken { get; init; } = "";
}
