namespace AnyFetch.Manager.Exchange;

/// <summary>What a code was traded for (auth-and-tenancy §4.3).</summary>
internal sealed record ExchangeReply(string TokenType, string AccessToken);

/// <summary>An error in both styles: OAuth's and the API's.</summary>
internal sealed record ExchangeErrorBody(string Error, string ErrorDescription, string Code, string Message);
